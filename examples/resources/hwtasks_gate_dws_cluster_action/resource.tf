resource "hwtasks_gate_dws_cluster_action" "snapshot" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "SNAPSHOTTING"

  triggers = {
    snapshot = "before-resize"
  }

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  input = hwtasks_gate_dws_cluster_action.snapshot.summary
}
