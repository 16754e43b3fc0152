# The UID of the backup comes from your own call. The official provider upgrades the
# cluster only after the backup.
variable "backup_uid" {
  type = string
}

resource "hwtasks_gate_cce_snapshot_tasks" "backup" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  uid        = var.backup_uid

  timeouts = {
    create = "1h"
  }
}

resource "huaweicloud_cce_cluster_upgrade" "cluster" {
  cluster_id     = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  target_version = "v1.32"
  depends_on     = [hwtasks_gate_cce_snapshot_tasks.backup]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}
