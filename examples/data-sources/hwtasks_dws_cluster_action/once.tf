# The task state, `missing` unless a snapshot is being taken.
data "hwtasks_dws_cluster_action" "snapshot" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "SNAPSHOTTING"
  on_missing  = "pending"
}

output "snapshot" {
  value = data.hwtasks_dws_cluster_action.snapshot.state
}
