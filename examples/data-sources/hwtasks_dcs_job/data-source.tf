# Wait until a switchover has ended; if it failed, stop with its own reason.
data "hwtasks_dcs_job" "switchover" {
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"

  timeouts = {
    read = "15m"
  }
}

# Does not begin before.
resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.end_time
}

output "switchover" {
  value = data.hwtasks_dcs_job.switchover.summary
}
