# Wait for a job of a CCE cluster. Calls that change a cluster return its ID.
data "hwtasks_cce_job" "scale_out" {
  job_id   = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"
  wait_for = "success"

  timeouts = {
    read = "1h"
  }
}

output "scale_out" {
  value = data.hwtasks_cce_job.scale_out.summary
}
