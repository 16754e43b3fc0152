# `terraform_data.next` changes only after the migration succeeds. The action reports each
# percent of it.
action "hwtasks_await_dcs_task_progress" "migration" {
  config {
    instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
    task_id     = "8abf6e1e72c12e7c0172c15b508500aa"

    timeouts = {
      invoke = "6h"
    }
  }
}

resource "terraform_data" "next" {
  input = "v2"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_dcs_task_progress.migration]
    }
  }
}
