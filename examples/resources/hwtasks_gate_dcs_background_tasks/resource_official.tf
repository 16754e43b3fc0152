resource "terraform_data" "begin" {
  input = timestamp()

  lifecycle {
    ignore_changes = [input]
  }
}

resource "huaweicloud_dcs_master_standby_switch" "cache" {
  instance_id = var.instance_id
  depends_on  = [terraform_data.begin]
}

resource "hwtasks_gate_dcs_background_tasks" "switchover" {
  instance_id = var.instance_id
  name        = "masterStandbySwapJob"
  latest      = true
  start_time  = terraform_data.begin.output
  depends_on  = [huaweicloud_dcs_master_standby_switch.cache]
}
