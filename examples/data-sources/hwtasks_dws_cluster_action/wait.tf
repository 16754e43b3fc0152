# Terraform waits until the snapshot succeeds. DWS no longer lists it then: the missing task
# counts as succeeded if there is no failure record and the cluster does not name it.
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
