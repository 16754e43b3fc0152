data "hwtasks_dws_job" "restore" {
  job_id = "2c90808f9a1b4c7e019a2d5e7f60011c"
}

output "restore_state" {
  value = data.hwtasks_dws_job.restore.state
}
