# The script migrates the data and prints the ID of the task:
#
#   terraform apply -var task_id="$(./migrate.sh)"
variable "task_id" {
  type = string
}

resource "hwtasks_gate_dcs_task_progress" "migration" {
  instance_id   = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id       = var.task_id
  poll_interval = "10s"

  timeouts = {
    create = "6h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dcs_task_progress.migration.id
}
