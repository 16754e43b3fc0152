# `terraform_data.next` changes only after the job succeeds.
action "hwtasks_await_cce_job" "node" {
  config {
    job_id = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"
  }
}

resource "terraform_data" "next" {
  input = "v2"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_cce_job.node]
    }
  }
}
