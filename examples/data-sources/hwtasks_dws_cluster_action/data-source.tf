# Wait for a snapshot. Its record is assumed to disappear once it is done: it
# then counts as succeeded if neither a record of its failure is there nor the
# cluster itself still names it.
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
