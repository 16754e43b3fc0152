# The ID of the resource is that of the upgrade task that it starts. It is known only after
# apply, so Terraform reads the data source during the apply.
resource "huaweicloud_cce_autopilot_cluster_upgrade" "cluster" {
  cluster_id     = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  target_version = "v1.32"

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}

data "hwtasks_cce_autopilot_upgrade_task" "upgrade" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  task_id    = huaweicloud_cce_autopilot_cluster_upgrade.cluster.id
  wait_for   = "success"
}
