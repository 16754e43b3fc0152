# The task state. A failed upgrade is data here, not an error.
data "hwtasks_cce_autopilot_upgrade_task" "upgrade" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  task_id    = "9c3e7f10-6b2d-4a58-8f94-2d0b5e1c7a63"
}

output "upgrade" {
  value = data.hwtasks_cce_autopilot_upgrade_task.upgrade.state
}
