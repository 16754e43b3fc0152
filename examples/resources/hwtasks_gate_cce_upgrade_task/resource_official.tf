resource "huaweicloud_cce_cluster_upgrade" "upgrade" {
  cluster_id     = var.cluster_id
  target_version = "v1.31"

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}

resource "hwtasks_gate_cce_upgrade_task" "upgrade" {
  cluster_id = var.cluster_id
  task_id    = huaweicloud_cce_cluster_upgrade.upgrade.id
}
