# Terraform waits until the migration finishes. If it fails, the plan fails with the step
# that failed.
data "hwtasks_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"
  wait_for    = "success"

  timeouts = {
    read = "6h"
  }
}

output "migration" {
  value = data.hwtasks_dcs_task_progress.migration.summary
}
