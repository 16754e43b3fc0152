# `terraform_data.next` changes only after the restore succeeds.
action "hwtasks_await_dws_job" "restore" {
  config {
    job_id = "2c90808f9a1b4c7e019a2d5e7f60011c"
  }
}

resource "terraform_data" "next" {
  input = "v2"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_dws_job.restore]
    }
  }
}
