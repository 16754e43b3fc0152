# Terraform waits until the switchover finishes. If it fails, the plan fails with the
# reason.
data "hwtasks_dcs_job" "switchover" {
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"

  timeouts = {
    read = "15m"
  }
}

output "switchover" {
  value = data.hwtasks_dcs_job.switchover.summary
}
