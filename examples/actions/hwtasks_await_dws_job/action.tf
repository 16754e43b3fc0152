# Use the load balancer only after it is bound.
action "hwtasks_await_dws_job" "load_balancer" {
  config {
    job_id = "2c90808f9a1b4c7e019a2d5e7f60011c"
  }
}

resource "terraform_data" "connection" {
  input = "v2"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_dws_job.load_balancer]
    }
  }
}
