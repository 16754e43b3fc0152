terraform {
  required_providers {
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

# The keys come from HW_ACCESS_KEY and HW_SECRET_KEY, as for the official
# provider; the project is looked up by the region's name.
provider "hwtasks" {
  region = "cn-north-4"
}
