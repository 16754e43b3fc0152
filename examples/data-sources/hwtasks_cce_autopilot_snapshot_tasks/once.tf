# The task state of the backups since a time.
data "hwtasks_cce_autopilot_snapshot_tasks" "backup" {
  cluster_id    = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  created_after = "2023-11-25T09:00:00Z"
}

output "backup" {
  value = data.hwtasks_cce_autopilot_snapshot_tasks.backup.state
}
