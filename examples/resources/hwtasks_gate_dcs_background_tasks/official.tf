# The resource of the official provider does not export the ID of its task, so the gate
# selects the task by name and start time. `terraform_data.start` remembers a time before
# the operation, also if the gate must wait again.
resource "terraform_data" "start" {
  input = timestamp()

  lifecycle {
    ignore_changes = [input]
  }
}

resource "huaweicloud_dcs_master_standby_switch" "cache" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  depends_on  = [terraform_data.start]
}

resource "hwtasks_gate_dcs_background_tasks" "switchover" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  name        = "masterStandbySwapJob"
  start_time  = terraform_data.start.output
  depends_on  = [huaweicloud_dcs_master_standby_switch.cache]

  timeouts = {
    create = "15m"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dcs_background_tasks.switchover.id
}
