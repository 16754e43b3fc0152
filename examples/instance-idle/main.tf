# No change of a Redis instance while another one is at work on it, whoever
# started that: a colleague in the console, a backup, an earlier change.

terraform {
  required_version = ">= 1.5"

  required_providers {
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

variable "region" {
  type    = string
  default = "cn-north-4"
}

variable "instance_id" {
  description = "Id of the instance, which exists and is imported as huaweicloud_dcs_instance.cache."
  type        = string
}

variable "capacity" {
  description = "Capacity that the instance is to have, in GB."
  type        = number
}

variable "flavor" {
  description = "Specification that goes with the capacity."
  type        = string
}

variable "network" {
  description = "Where the instance stands."
  type = object({
    availability_zones = list(string)
    vpc_id             = string
    subnet_id          = string
  })
}

variable "clients" {
  description = "Addresses that may use the instance."
  type        = list(string)
}

variable "reader_password" {
  description = "Password of the account that only reads."
  type        = string
  sensitive   = true
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# Read while Terraform plans: there is no plan before the instance is idle.
data "hwtasks_dcs_background_tasks" "before" {
  instance_id = var.instance_id
  wait_for    = "idle"

  lifecycle {
    postcondition {
      condition     = self.idle
      error_message = self.summary
    }
  }
}

resource "huaweicloud_dcs_instance" "cache" {
  name               = "cache"
  engine             = "Redis"
  engine_version     = "6.0"
  capacity           = var.capacity
  flavor             = var.flavor
  availability_zones = var.network.availability_zones
  vpc_id             = var.network.vpc_id
  subnet_id          = var.network.subnet_id
  depends_on         = [data.hwtasks_dcs_background_tasks.before]

  whitelists {
    group_name = "clients"
    ip_address = var.clients
  }
}

# The official provider does not wait until a new whitelist is in place. This one
# is read during the apply, whenever the instance has been changed.
data "hwtasks_dcs_background_tasks" "between" {
  instance_id = var.instance_id
  wait_for    = "idle"
  depends_on  = [huaweicloud_dcs_instance.cache]

  lifecycle {
    postcondition {
      condition     = self.idle
      error_message = self.summary
    }
  }
}

resource "huaweicloud_dcs_account" "reader" {
  instance_id      = var.instance_id
  account_name     = "reader"
  account_role     = "read"
  account_password = var.reader_password
  depends_on       = [data.hwtasks_dcs_background_tasks.between]
}
