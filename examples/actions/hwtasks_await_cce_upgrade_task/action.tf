# `terraform_data.next` changes only after the upgrade succeeds.
action "hwtasks_await_cce_upgrade_task" "upgrade" {
  config {
    cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
    task_id    = "9c3e7f10-6b2d-4a58-8f94-2d0b5e1c7a63"
  }
}

resource "terraform_data" "next" {
  input = "v2"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_cce_upgrade_task.upgrade]
    }
  }
}
