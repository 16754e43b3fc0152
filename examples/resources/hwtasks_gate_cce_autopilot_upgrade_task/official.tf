# The ID of the resource is that of the upgrade task that it starts.
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

resource "hwtasks_gate_cce_autopilot_upgrade_task" "upgrade" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  task_id    = huaweicloud_cce_autopilot_cluster_upgrade.cluster.id

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_autopilot_upgrade_task.upgrade.id
}
