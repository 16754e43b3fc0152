# Another version replaces the gate, so that it waits again.
variable "task_id" {
  type = string
}

variable "target_version" {
  type = string
}

resource "hwtasks_gate_cce_upgrade_task" "upgrade" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  task_id    = var.task_id

  triggers = {
    version = var.target_version
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_upgrade_task.upgrade.id
}
