# The script starts an upgrade and prints the ID of the task:
#
#   terraform apply -var task_id="$(./upgrade.sh)"
variable "task_id" {
  type = string
}

resource "hwtasks_gate_cce_autopilot_upgrade_task" "upgrade" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  task_id    = var.task_id

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_autopilot_upgrade_task.upgrade.id
}
