terraform {
  required_providers {
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

provider "hwtasks" {
  region = "cn-north-4"
}
