resource "terraform_data" "switchover" {
  input = "ff8080818822bbf70188235afc24141a"
}

resource "hwtasks_gate_dcs_job" "switchover" {
  job_id = terraform_data.switchover.output

  timeouts = {
    create = "20m"
  }
}

resource "terraform_data" "rollout" {
  input = hwtasks_gate_dcs_job.switchover.summary
}
