# The latest change of the instance's specification: its task state, and both capacities.
data "hwtasks_dcs_background_tasks" "resize" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  name        = "EXTEND"
  latest      = true
}

output "resize" {
  value = [
    for task in data.hwtasks_dcs_background_tasks.resize.tasks :
    "${task.details.old_capacity} GB -> ${task.details.new_capacity} GB: ${task.state}"
  ]
}
