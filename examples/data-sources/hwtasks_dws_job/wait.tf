# Terraform waits until the restore finishes. If it fails, the plan fails with the reason.
data "hwtasks_dws_job" "restore" {
  job_id   = "2c90808f9a1b4c7e019a2d5e7f60011c"
  wait_for = "success"
}

output "restore" {
  value = data.hwtasks_dws_job.restore.summary
}
