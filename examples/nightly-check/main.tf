# This configuration checks the tasks of the last day. It starts and changes nothing, and does
# not wait. Check blocks evaluate what it reads, and an output shows it in the log.
terraform {
  required_version = ">= 1.5"

  required_providers {
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

variable "region" {
  type    = string
  default = "cn-north-4"
}

variable "dcs_instances" {
  description = "IDs of the Redis instances, by name."
  type        = map(string)
}

variable "cce_clusters" {
  description = "IDs of the Kubernetes clusters, by name."
  type        = map(string)
}

provider "hwtasks" {
  region = var.region
}

locals {
  yesterday = timeadd(plantimestamp(), "-24h")
}

data "hwtasks_dcs_background_tasks" "of" {
  for_each    = var.dcs_instances
  instance_id = each.value
  start_time  = local.yesterday
}

data "hwtasks_cce_snapshot_tasks" "of" {
  for_each      = var.cce_clusters
  cluster_id    = each.value
  created_after = local.yesterday
}

locals {
  failed = flatten([
    for name, list in data.hwtasks_dcs_background_tasks.of : [
      for task in list.tasks :
      "${name}: ${task.name} of ${task.created_at} failed." if task.state == "failed"
    ]
  ])

  missing = [
    for name, backup in data.hwtasks_cce_snapshot_tasks.of :
    "${name}: ${backup.summary}" if !backup.succeeded
  ]
}

check "no_task_of_an_instance_has_failed" {
  assert {
    condition     = length(local.failed) == 0
    error_message = join("\n", local.failed)
  }
}

check "each_cluster_has_a_backup" {
  assert {
    condition     = length(local.missing) == 0
    error_message = join("\n", local.missing)
  }
}

output "night" {
  value = {
    dcs = { for name, list in data.hwtasks_dcs_background_tasks.of : name => list.summary }
    cce = { for name, list in data.hwtasks_cce_snapshot_tasks.of : name => list.summary }
  }
}
