# When did the finished steps of a migration run, and for how long? Their times
# name no zone: the call says which one is meant.
data "hwtasks_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"
}

locals {
  steps = [
    for step in data.hwtasks_dcs_task_progress.migration.step_details : {
      name  = step.step_name
      began = provider::hwtasks::rfc3339(step.begin_time, "+08:00")
      ended = provider::hwtasks::rfc3339(step.end_time, "+08:00")
    } if step.step_status == "FINISH"
  ]

  # Seconds since midnight, of the beginning and of the end of each step.
  clocks = [
    for step in local.steps : [
      for time in [step.began, step.ended] :
      sum([for i, part in split(":", formatdate("hh:mm:ss", time)) : part * pow(60, 2 - i)])
    ]
  ]
}

output "steps" {
  value = local.steps
}

# Right for whatever takes less than a day.
output "durations" {
  value = [
    for i, step in local.steps :
    "${step.name}: ${(local.clocks[i][1] - local.clocks[i][0] + 86400) % 86400} s"
  ]
}
