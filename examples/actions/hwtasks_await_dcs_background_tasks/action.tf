# To wait for a resize that was started after start_time, run:
#
#   terraform apply -invoke=action.hwtasks_await_dcs_background_tasks.extension
action "hwtasks_await_dcs_background_tasks" "extension" {
  config {
    instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
    name        = "EXTEND"
    latest      = true
    start_time  = "2020-06-17T08:00:00Z" # ignore earlier tasks
    on_missing  = "pending"              # it may not be listed yet
  }
}
