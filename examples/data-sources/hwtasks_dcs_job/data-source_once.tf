data "hwtasks_dcs_job" "switchover" {
  job_id = "ff8080818822bbf70188235afc24141a"
}

output "switchover_state" {
  value = data.hwtasks_dcs_job.switchover.state
}
