# Roll out a new version of an application only after a master/standby switchover of
# its Redis instance. The official provider starts the switchover, the gate waits
# until it succeeds, and then the rollout starts.

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
  description = "ID of the Redis instance."
  type        = string
}

variable "cluster_id" {
  description = "ID of the CCE cluster that runs the application."
  type        = string
}

variable "chart_id" {
  description = "ID of the application's chart in CCE."
  type        = string
}

variable "app_version" {
  description = "Version to roll out."
  type        = string
}

# Both providers use the same access keys, for example from HW_ACCESS_KEY and
# HW_SECRET_KEY.
provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# Time at which the rollout of this version started. It does not change until the
# version does. One minute is subtracted because clocks may differ.
resource "terraform_data" "begin" {
  input            = timeadd(plantimestamp(), "-1m")
  triggers_replace = var.app_version

  lifecycle {
    ignore_changes = [input]
  }
}

# One switchover per version.
resource "huaweicloud_dcs_master_standby_switch" "cache" {
  instance_id = var.instance_id

  lifecycle {
    replace_triggered_by = [terraform_data.begin]
  }
}

# The resource above does not export the ID of its task, so the gate finds the task
# by name. Tasks from before start_time, such as that of the last version, are
# ignored. The gate waits until the new task is listed and succeeds, once per
# version: later plans do not read it again.
resource "hwtasks_gate_dcs_background_tasks" "switchover" {
  instance_id = var.instance_id
  name        = "masterStandbySwapJob"
  latest      = true
  start_time  = terraform_data.begin.output
  depends_on  = [huaweicloud_dcs_master_standby_switch.cache]

  timeouts = {
    create = "15m"
  }
}

# Starts only after the switchover. After a failure, retry the same version with:
#
#   terraform apply -replace=terraform_data.begin
resource "huaweicloud_cce_release" "shop" {
  cluster_id  = var.cluster_id
  chart_id    = var.chart_id
  name        = "shop"
  namespace   = "default"
  version     = var.app_version
  values_json = jsonencode({ cache = { instance = var.instance_id } })
  depends_on  = [hwtasks_gate_dcs_background_tasks.switchover]
}

output "switchover" {
  value = hwtasks_gate_dcs_background_tasks.switchover.summary
}
