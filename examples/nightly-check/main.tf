# Looks at what the last day has done, and only looks: nothing is started, changed
# or waited for. For a job of continuous integration that runs each night:
#
#   terraform init -input=false
#   terraform plan -input=false -out=night.tfplan
#   terraform show -json night.tfplan | jq -e '[.checks[]? | select(.status != "pass")] == []'
#
# A look that fails ends the plan with 1; a task that has failed, or a backup that
# is missing, ends the last command with 1.

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
  description = "Ids of the Redis instances, by name."
  type        = map(string)
}

variable "cce_clusters" {
  description = "Ids of the Kubernetes clusters, by name."
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
      for task in list.tasks : "${name}: ${task.name} of ${task.created_at} has failed." if task.state == "failed"
    ]
  ])
}

check "no_task_of_an_instance_has_failed" {
  assert {
    condition     = length(local.failed) == 0
    error_message = join("\n", local.failed)
  }
}

check "each_cluster_has_a_backup" {
  assert {
    condition     = alltrue([for backup in data.hwtasks_cce_snapshot_tasks.of : backup.succeeded])
    error_message = join("\n", [for name, backup in data.hwtasks_cce_snapshot_tasks.of : "${name}: ${backup.summary}" if !backup.succeeded])
  }
}

# For the job's log.
output "night" {
  value = {
    dcs = { for name, tasks in data.hwtasks_dcs_background_tasks.of : name => tasks.summary }
    cce = { for name, backup in data.hwtasks_cce_snapshot_tasks.of : name => backup.summary }
  }
}
