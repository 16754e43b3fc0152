# The rollout starts only after the switchover succeeds. Later applies do not wait again
# unless the rollout changes.
action "hwtasks_await_dcs_job" "switchover" {
  config {
    job_id = "ff8080818822bbf70188235afc24141a"

    timeouts = {
      invoke = "15m"
    }
  }
}

resource "terraform_data" "rollout" {
  input = "v2"

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.hwtasks_await_dcs_job.switchover]
    }
  }
}
