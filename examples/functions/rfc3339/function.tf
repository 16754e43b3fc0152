# Start, end, and duration of the finished steps of a migration. The API returns times
# without a time zone, so the call specifies the offset. `clocks` has the seconds since
# midnight of each start and end, so `durations` is correct for steps of less than a day.
data "hwtasks_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"
}

locals {
  steps = [
    for step in data.hwtasks_dcs_task_progress.migration.step_details : {
      name     = step.step_name
      started  = provider::hwtasks::rfc3339(step.begin_time, "+08:00")
      finished = provider::hwtasks::rfc3339(step.end_time, "+08:00")
    } if step.step_status == "FINISH"
  ]

  clocks = [
    for step in local.steps : [
      for time in [step.started, step.finished] :
      sum([for i, part in split(":", formatdate("hh:mm:ss", time)) : part * pow(60, 2 - i)])
    ]
  ]
}

output "steps" {
  value = local.steps
}

output "durations" {
  value = [
    for i, step in local.steps :
    "${step.name}: ${(local.clocks[i][1] - local.clocks[i][0] + 86400) % 86400} s"
  ]
}
