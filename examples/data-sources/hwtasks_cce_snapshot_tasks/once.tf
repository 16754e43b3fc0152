# The task state of one backup.
data "hwtasks_cce_snapshot_tasks" "backup" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  uid        = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
}

output "backup" {
  value = data.hwtasks_cce_snapshot_tasks.backup.state
}
