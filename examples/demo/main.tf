# What `make demo` applies: five data sources against an embedded fake cloud,
# and a rollout that waits for a Redis switchover.

terraform {
  required_providers {
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

variable "endpoint" {
  description = "URL of the fake cloud. Leave out endpoints to reach the real one."
  type        = string
}

variable "job_id" {
  description = "Id of the switchover's job."
  type        = string
  default     = "ff8080818822bbf70188235afc24141a"
}

# The keys come from HW_ACCESS_KEY and HW_SECRET_KEY, the project is looked up.
provider "hwtasks" {
  region    = "cn-north-4"
  endpoints = { for service in ["dcs", "dws", "cce", "iam"] : service => var.endpoint }
}

# Stands for whatever starts the switchover.
resource "terraform_data" "switchover" {
  input = var.job_id
}

# The gate: read during the apply, after the switchover was started, until its
# job has ended. A job that fails stops the apply with its own reason.
data "hwtasks_dcs_job" "switchover" {
  job_id     = var.job_id
  wait_for   = "success"
  depends_on = [terraform_data.switchover]

  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
}

# What must not begin before.
resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.summary
}

# The other four look once, at plan time, and judge without stopping anything.
data "hwtasks_dcs_background_tasks" "changes" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
}

data "hwtasks_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"
}

data "hwtasks_dws_cluster_action" "snapshot" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "SNAPSHOTTING_FAILED"
}

data "hwtasks_cce_snapshot_tasks" "backup" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  uid        = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
}

output "rollout" {
  value = terraform_data.rollout.output
}

output "idle" {
  value = data.hwtasks_dcs_background_tasks.changes.idle
}

output "verdicts" {
  value = [
    data.hwtasks_dcs_background_tasks.changes.summary,
    data.hwtasks_dcs_task_progress.migration.summary,
    data.hwtasks_dws_cluster_action.snapshot.summary,
    data.hwtasks_cce_snapshot_tasks.backup.summary,
  ]
}
