# Change a Redis instance only while no other task is running on it: a change in the
# console, a backup, or an earlier change by Terraform.

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
  description = "ID of the existing instance, imported as huaweicloud_dcs_instance.cache."
  type        = string
}

variable "capacity" {
  description = "New capacity of the instance, in GB."
  type        = number
}

variable "flavor" {
  description = "Specification for this capacity."
  type        = string
}

variable "network" {
  description = "Location of the instance."
  type = object({
    availability_zones = list(string)
    vpc_id             = string
    subnet_id          = string
  })
}

variable "clients" {
  description = "Addresses that may connect to the instance."
  type        = list(string)
}

variable "reader_password" {
  description = "Password of the read-only account."
  type        = string
  sensitive   = true
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# Terraform reads this while planning, so there is no plan until the instance is idle.
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

# The official provider does not wait until a new whitelist is in place. If the
# instance has pending changes, Terraform reads this data source during the apply.
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
