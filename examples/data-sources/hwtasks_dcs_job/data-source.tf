# Wait until a switchover finishes. If it fails, stop with its failure reason.
data "hwtasks_dcs_job" "switchover" {
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"

  timeouts = {
    read = "15m"
  }
}

# Starts only after the switchover.
resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.end_time
}

output "switchover" {
  value = data.hwtasks_dcs_job.switchover.summary
}
