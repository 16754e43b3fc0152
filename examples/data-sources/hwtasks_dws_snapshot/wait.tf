# Terraform waits until the snapshot is available. If it fails, the plan fails.
data "hwtasks_dws_snapshot" "nightly" {
  snapshot_id = "5f0e2c7a-41d9-4b86-9a3c-d17e60b8f254"
  wait_for    = "success"
}

output "nightly" {
  value = data.hwtasks_dws_snapshot.nightly.summary
}
