# The configuration of "make demo": five data sources that read from an embedded
# fake cloud, and a rollout that waits for a Redis switchover.

terraform {
  required_providers {
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

variable "endpoint" {
  description = "URL of the fake cloud. To use the real cloud, remove endpoints."
  type        = string
}

variable "job_id" {
  description = "ID of the job of the switchover."
  type        = string
  default     = "ff8080818822bbf70188235afc24141a"
}

# The access keys come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "hwtasks" {
  region    = "cn-north-4"
  endpoints = { for service in ["dcs", "dws", "cce", "iam"] : service => var.endpoint }
}

# Placeholder for the resource that starts the switchover.
resource "terraform_data" "switchover" {
  input = var.job_id
}

# The gate: Terraform reads it during the apply, after the switchover is started, and
# polls until the job finishes. If the job fails, the apply stops with its reason.
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

# Starts only after the switchover succeeds.
resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.summary
}

# The other four are read once, while planning, and do not stop anything.
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

output "summaries" {
  value = [
    data.hwtasks_dcs_background_tasks.changes.summary,
    data.hwtasks_dcs_task_progress.migration.summary,
    data.hwtasks_dws_cluster_action.snapshot.summary,
    data.hwtasks_cce_snapshot_tasks.backup.summary,
  ]
}
