# Another version replaces the gate, so that it waits again.
variable "task_id" {
  type = string
}

variable "target_version" {
  type = string
}

resource "hwtasks_gate_cce_autopilot_upgrade_task" "upgrade" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  task_id    = var.task_id

  triggers = {
    version = var.target_version
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_autopilot_upgrade_task.upgrade.id
}
