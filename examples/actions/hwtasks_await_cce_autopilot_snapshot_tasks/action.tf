# The cluster is upgraded only after this backup, which may not be listed yet.
action "hwtasks_await_cce_autopilot_snapshot_tasks" "backup" {
  config {
    cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
    uid        = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
    on_missing = "pending"
  }
}

resource "terraform_data" "upgrade" {
  input = "v1.32"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_cce_autopilot_snapshot_tasks.backup]
    }
  }
}
