# DWS no longer lists a snapshot task once it succeeds, so `on_missing` is `"succeeded"`.
# The script takes a snapshot and prints its ID:
#
#   terraform apply -var snapshot_id="$(./snapshot.sh)"
variable "snapshot_id" {
  type = string
}

resource "hwtasks_gate_dws_cluster_action" "snapshot" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "SNAPSHOTTING"
  on_missing  = "succeeded"

  triggers = {
    snapshot = var.snapshot_id
  }

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_cluster_action.snapshot.id
}
