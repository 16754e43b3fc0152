variable "released_at" {
  type    = string
  default = "2023-05-15T20:00:00Z"
}

data "hwtasks_dcs_job" "switchover" {
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"

  lifecycle {
    postcondition {
      condition     = timecmp(provider::hwtasks::rfc3339(self.end_time), var.released_at) > 0
      error_message = "${self.summary}, but it finished at ${provider::hwtasks::rfc3339(self.end_time)}."
    }
  }
}

resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.summary
}
