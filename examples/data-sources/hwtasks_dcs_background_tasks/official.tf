# The resource of the official provider does not export the ID of its task. While the
# switchover has pending changes, Terraform reads the data source during the apply, and
# waits until the instance is idle.
resource "huaweicloud_dcs_master_standby_switch" "cache" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
}

data "hwtasks_dcs_background_tasks" "instance" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  wait_for    = "idle"
  depends_on  = [huaweicloud_dcs_master_standby_switch.cache]
}
