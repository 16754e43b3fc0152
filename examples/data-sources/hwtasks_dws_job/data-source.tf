# Wait for a DWS job, such as one that binds a load balancer. The call that starts it
# returns the job ID.
data "hwtasks_dws_job" "load_balancer" {
  job_id   = "2c90808f9a1b4c7e019a2d5e7f60011c"
  wait_for = "success"

  timeouts = {
    read = "1h"
  }
}

output "load_balancer" {
  value = data.hwtasks_dws_job.load_balancer.summary
}
