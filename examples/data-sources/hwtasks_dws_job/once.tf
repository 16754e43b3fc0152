# The task state. A failed job is data here, not an error.
data "hwtasks_dws_job" "restore" {
  job_id = "2c90808f9a1b4c7e019a2d5e7f60011c"
}

output "restore" {
  value = data.hwtasks_dws_job.restore.state
}
