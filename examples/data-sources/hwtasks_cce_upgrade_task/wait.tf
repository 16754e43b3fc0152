# Terraform waits until the upgrade finishes. If it fails, the plan fails with the steps that
# failed.
data "hwtasks_cce_upgrade_task" "upgrade" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  task_id    = "9c3e7f10-6b2d-4a58-8f94-2d0b5e1c7a63"
  wait_for   = "success"
}

output "upgrade" {
  value = data.hwtasks_cce_upgrade_task.upgrade.summary
}
