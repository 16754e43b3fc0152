# Another version replaces the gate, so that it waits again.
variable "task_id" {
  type = string
}

variable "app_version" {
  type = string
}

resource "hwtasks_gate_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = var.task_id

  triggers = {
    version = var.app_version
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dcs_task_progress.migration.id
}
