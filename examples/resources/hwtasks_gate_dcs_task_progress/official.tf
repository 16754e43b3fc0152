# The ID of the task comes from your own call. The official provider rolls out the
# application only after the migration.
variable "task_id" {
  type = string
}

resource "hwtasks_gate_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = var.task_id

  timeouts = {
    create = "6h"
  }
}

resource "huaweicloud_cce_release" "shop" {
  cluster_id  = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  chart_id    = "6d1f3a52-7f0e-4b3a-9a54-0a4b2e7c9d10"
  name        = "shop"
  namespace   = "default"
  version     = "1.4.0"
  values_json = jsonencode({})
  depends_on  = [hwtasks_gate_dcs_task_progress.migration]
}
