# To invoke this action before you change the instance, run:
#
#   terraform apply -invoke=action.hwtasks_await_dcs_background_tasks.extension
#
# on_missing = "succeeded" lets the action succeed if the instance has no such task.
action "hwtasks_await_dcs_background_tasks" "extension" {
  config {
    instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
    name        = "EXTEND"
    latest      = true
    on_missing  = "succeeded"
  }
}
