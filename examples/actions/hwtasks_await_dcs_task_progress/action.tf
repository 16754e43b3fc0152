# Report each percent of a long migration:
#
#   terraform apply -invoke=action.hwtasks_await_dcs_task_progress.migration
action "hwtasks_await_dcs_task_progress" "migration" {
  config {
    instance_id   = "5560df16-cebf-4473-95c4-d1b573c16e79"
    task_id       = "8abf6e1e72c12e7c0172c15b508500aa"
    poll_interval = "10s"

    timeouts = {
      invoke = "6h"
    }
  }
}
