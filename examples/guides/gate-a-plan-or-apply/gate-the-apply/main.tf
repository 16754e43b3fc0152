resource "terraform_data" "switchover" {
  input = "v2"
}

data "hwtasks_dcs_job" "switchover" {
  job_id     = "ff8080818822bbf70188235afc24141a"
  wait_for   = "success"
  depends_on = [terraform_data.switchover]

  timeouts = {
    read = "20m"
  }

  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
}

resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.summary
}
