# The task state, and the names of the running steps.
data "hwtasks_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"
}

output "migration" {
  value = data.hwtasks_dcs_task_progress.migration.summary
}

output "running_steps" {
  value = [
    for step in data.hwtasks_dcs_task_progress.migration.step_details :
    step.step_name if step.step_status == "EXECUTING"
  ]
}
