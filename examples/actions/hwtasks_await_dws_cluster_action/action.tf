# Resize only after a snapshot. DWS stops listing a task that succeeded. With
# on_missing = "succeeded", it counts as succeeded if DWS has no record of a failure
# and the cluster is idle.
action "hwtasks_await_dws_cluster_action" "snapshot" {
  config {
    cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
    action_name = "SNAPSHOTTING"
    on_missing  = "succeeded"

    timeouts = {
      invoke = "2h"
    }
  }
}

resource "terraform_data" "resize" {
  input = 6

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_dws_cluster_action.snapshot]
    }
  }
}
