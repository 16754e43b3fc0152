# The cluster is upgraded only after a backup that was started after this time. It may not
# be listed yet.
action "hwtasks_await_cce_snapshot_tasks" "backup" {
  config {
    cluster_id    = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
    created_after = "2023-11-25T09:00:00Z"
    on_missing    = "pending"
  }
}

resource "terraform_data" "upgrade" {
  input = "v1.32"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_cce_snapshot_tasks.backup]
    }
  }
}
