# The task state. A failed job is data here, not an error.
data "hwtasks_dcs_job" "switchover" {
  job_id = "ff8080818822bbf70188235afc24141a"
}

output "switchover" {
  value = data.hwtasks_dcs_job.switchover.state
}
