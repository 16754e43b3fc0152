# The job ID is known, and nothing in this configuration starts the job. Terraform
# reads the data source while planning, so there is no plan until the job succeeds.
data "hwtasks_dcs_job" "switchover" {
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"
}

resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.end_time
}
