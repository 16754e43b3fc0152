data "hwtasks_dcs_job" "switchover" {
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"
}

resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.end_time
}
