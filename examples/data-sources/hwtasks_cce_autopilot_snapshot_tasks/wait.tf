# The UID of the backup is not known, but the time before it was started. Terraform waits
# until a later backup is listed and succeeds.
data "hwtasks_cce_autopilot_snapshot_tasks" "backup" {
  cluster_id    = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  created_after = "2023-11-25T09:00:00Z"
  wait_for      = "success"
  on_missing    = "pending"
}

output "backup" {
  value = data.hwtasks_cce_autopilot_snapshot_tasks.backup.summary
}
