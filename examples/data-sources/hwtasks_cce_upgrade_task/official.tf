# The ID of the resource is that of the upgrade task that it starts. It is known only after
# apply, so Terraform reads the data source during the apply.
resource "huaweicloud_cce_cluster_upgrade" "cluster" {
  cluster_id     = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  target_version = "v1.32"

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}

data "hwtasks_cce_upgrade_task" "upgrade" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  task_id    = huaweicloud_cce_cluster_upgrade.cluster.id
  wait_for   = "success"
}
