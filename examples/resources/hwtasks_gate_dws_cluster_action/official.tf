# DWS no longer lists a snapshot task once it succeeds, so `on_missing` is `"succeeded"`.
# The ID of the snapshot is a trigger: a new snapshot replaces the gate.
resource "huaweicloud_dws_snapshot" "before" {
  cluster_id = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  name       = "before-resize"
}

resource "hwtasks_gate_dws_cluster_action" "snapshot" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "SNAPSHOTTING"
  on_missing  = "succeeded"

  triggers = {
    snapshot = huaweicloud_dws_snapshot.before.id
  }

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_cluster_action.snapshot.id
}
