# The script starts an upgrade and prints the ID of the task:
#
#   terraform apply -var task_id="$(./upgrade.sh)"
variable "task_id" {
  type = string
}

resource "hwtasks_gate_cce_upgrade_task" "upgrade" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  task_id    = var.task_id

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_upgrade_task.upgrade.id
}
