# The ID of the resource is that of the upgrade task that it starts.
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

resource "hwtasks_gate_cce_upgrade_task" "upgrade" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  task_id    = huaweicloud_cce_cluster_upgrade.cluster.id

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_upgrade_task.upgrade.id
}
