# By hand, before a change of the instance:
#
#   terraform apply -invoke=action.hwtasks_await_dcs_background_tasks.extension
#
# An instance without any such task is done with it, here.
action "hwtasks_await_dcs_background_tasks" "extension" {
  config {
    instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
    name        = "EXTEND"
    latest      = true
    on_missing  = "succeeded"
  }
}
