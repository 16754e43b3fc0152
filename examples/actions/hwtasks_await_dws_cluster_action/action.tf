# The resize starts only after the snapshot. DWS no longer lists a snapshot task once it
# succeeds, so `on_missing` is `"succeeded"`.
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
