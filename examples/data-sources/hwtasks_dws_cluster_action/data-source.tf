# Wait for a snapshot. DWS is assumed to stop listing a task that succeeded. The
# missing task counts as succeeded if DWS has no record of a failure and the
# cluster itself no longer names the task.
data "hwtasks_dws_cluster_action" "snapshot" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "SNAPSHOTTING"
  wait_for    = "success"
  on_missing  = "succeeded"

  timeouts = {
    read = "2h"
  }
}

output "snapshot" {
  value = data.hwtasks_dws_cluster_action.snapshot.summary
}
