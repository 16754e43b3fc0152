# The call that starts a backup returns its UID. Terraform waits until this backup succeeds,
# also if it is not listed yet.
data "hwtasks_cce_snapshot_tasks" "backup" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  uid        = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
  wait_for   = "success"
  on_missing = "pending"
}

output "backup" {
  value = data.hwtasks_cce_snapshot_tasks.backup.summary
}
