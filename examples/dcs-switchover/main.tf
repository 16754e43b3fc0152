# A new version of the application goes out only after the master and the standby
# of its Redis instance have changed places. The official provider switches them
# over, the gate makes sure of it, and the rollout follows.

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
  description = "Id of the Redis instance."
  type        = string
}

variable "cluster_id" {
  description = "Id of the CCE cluster on which the application runs."
  type        = string
}

variable "chart_id" {
  description = "Id of the application's chart in CCE."
  type        = string
}

variable "app_version" {
  description = "Version to roll out."
  type        = string
}

# Both providers take the same keys, for example from HW_ACCESS_KEY and
# HW_SECRET_KEY.
provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# When this version's turn began. It stays the same until there is another
# version; the minute is for clocks that differ.
resource "terraform_data" "begin" {
  input            = timeadd(plantimestamp(), "-1m")
  triggers_replace = var.app_version

  lifecycle {
    ignore_changes = [input]
  }
}

# One switchover for each version.
resource "huaweicloud_dcs_master_standby_switch" "cache" {
  instance_id = var.instance_id

  lifecycle {
    replace_triggered_by = [terraform_data.begin]
  }
}

# The resource above does not tell the id of its task, so the gate finds the task
# by its name. One from before start_time, such as that of the last version, does
# not count; as long as the new one is not listed, the gate waits for it.
data "hwtasks_dcs_background_tasks" "switchover" {
  instance_id = var.instance_id
  name        = "masterStandbySwapJob"
  latest      = true
  start_time  = terraform_data.begin.output
  wait_for    = "success"
  on_missing  = "pending"
  depends_on  = [huaweicloud_dcs_master_standby_switch.cache]

  timeouts = {
    read = "15m"
  }

  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
}

# Does not begin before. After a failure, try the same version again with
# terraform apply -replace=terraform_data.begin
resource "huaweicloud_cce_release" "shop" {
  cluster_id  = var.cluster_id
  chart_id    = var.chart_id
  name        = "shop"
  namespace   = "default"
  version     = var.app_version
  values_json = jsonencode({ cache = { instance = var.instance_id } })
  depends_on  = [data.hwtasks_dcs_background_tasks.switchover]
}

output "switchover" {
  value = data.hwtasks_dcs_background_tasks.switchover.summary
}
