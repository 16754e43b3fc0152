# `terraform_data.next` changes only after the snapshot is available.
action "hwtasks_await_dws_snapshot" "nightly" {
  config {
    snapshot_id = "5f0e2c7a-41d9-4b86-9a3c-d17e60b8f254"
  }
}

resource "terraform_data" "next" {
  input = "v2"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_dws_snapshot.nightly]
    }
  }
}
