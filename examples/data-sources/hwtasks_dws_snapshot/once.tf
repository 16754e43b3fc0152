# The task state: `succeeded` if the snapshot is available.
data "hwtasks_dws_snapshot" "nightly" {
  snapshot_id = "5f0e2c7a-41d9-4b86-9a3c-d17e60b8f254"
}

output "nightly" {
  value = data.hwtasks_dws_snapshot.nightly.state
}
