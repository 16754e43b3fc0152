# Wait until no task is running on an instance.
data "hwtasks_dcs_background_tasks" "instance" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  wait_for    = "idle"
}

# Read the latest change of its specification.
data "hwtasks_dcs_background_tasks" "resize" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  name        = "EXTEND"
  latest      = true
}

output "idle" {
  value = data.hwtasks_dcs_background_tasks.instance.idle
}

output "capacity" {
  value = [
    for t in data.hwtasks_dcs_background_tasks.resize.tasks :
    "${t.details.old_capacity} GB -> ${t.details.new_capacity} GB: ${t.state}"
  ]
}
