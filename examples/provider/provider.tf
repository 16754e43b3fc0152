terraform {
  required_providers {
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

# The access keys come from HW_ACCESS_KEY and HW_SECRET_KEY, as in the official
# provider. The provider looks up the project by the name of the region.
provider "hwtasks" {
  region = "cn-north-4"
}
