# Terraform waits until no task is running on the instance. Failed tasks do not matter.
data "hwtasks_dcs_background_tasks" "instance" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  wait_for    = "idle"
}

output "idle" {
  value = data.hwtasks_dcs_background_tasks.instance.idle
}
