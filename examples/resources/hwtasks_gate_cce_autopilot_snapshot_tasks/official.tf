# The UID of the backup comes from your own call. The official provider upgrades the
# cluster only after the backup.
variable "backup_uid" {
  type = string
}

resource "hwtasks_gate_cce_autopilot_snapshot_tasks" "backup" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  uid        = var.backup_uid

  timeouts = {
    create = "1h"
  }
}

resource "huaweicloud_cce_autopilot_cluster_upgrade" "cluster" {
  cluster_id     = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  target_version = "v1.32"
  depends_on     = [hwtasks_gate_cce_autopilot_snapshot_tasks.backup]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}
