# The script extends the instance and prints the ID of the task:
#
#   terraform apply -var task_id="$(./extend.sh)"
variable "task_id" {
  type = string
}

resource "hwtasks_gate_dcs_background_tasks" "extension" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = var.task_id

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dcs_background_tasks.extension.id
}
