# Start and end of the finished steps of a migration. The API returns times without a time
# zone, so the call specifies the offset.
data "hwtasks_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"
}

output "steps" {
  value = [
    for step in data.hwtasks_dcs_task_progress.migration.step_details : {
      name     = step.step_name
      started  = provider::hwtasks::rfc3339(step.begin_time, "+08:00")
      finished = provider::hwtasks::rfc3339(step.end_time, "+08:00")
    } if step.step_status == "FINISH"
  ]
}
