# The official provider upgrades the cluster only after this backup, which may not be listed
# yet.
data "hwtasks_cce_autopilot_snapshot_tasks" "backup" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  uid        = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
  wait_for   = "success"
  on_missing = "pending"
}

resource "huaweicloud_cce_autopilot_cluster_upgrade" "cluster" {
  cluster_id     = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  target_version = "v1.32"
  depends_on     = [data.hwtasks_cce_autopilot_snapshot_tasks.backup]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}
