# The official provider upgrades the cluster only after this backup, which may not be listed
# yet.
data "hwtasks_cce_snapshot_tasks" "backup" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  uid        = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
  wait_for   = "success"
  on_missing = "pending"
}

resource "huaweicloud_cce_cluster_upgrade" "cluster" {
  cluster_id     = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  target_version = "v1.32"
  depends_on     = [data.hwtasks_cce_snapshot_tasks.backup]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}
