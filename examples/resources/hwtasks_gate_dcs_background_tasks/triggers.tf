# Another version replaces the gate, so that it waits for the tasks that are started after
# the new time.
variable "app_version" {
  type = string
}

resource "terraform_data" "start" {
  input            = timestamp()
  triggers_replace = var.app_version

  lifecycle {
    ignore_changes = [input]
  }
}

resource "hwtasks_gate_dcs_background_tasks" "tasks" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  start_time  = terraform_data.start.output

  triggers = {
    version = var.app_version
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dcs_background_tasks.tasks.id
}
