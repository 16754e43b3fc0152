# Wait for a job of a CCE Autopilot cluster. Calls that change a cluster return its ID.
data "hwtasks_cce_autopilot_job" "change" {
  job_id   = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"
  wait_for = "success"

  timeouts = {
    read = "1h"
  }
}

output "change" {
  value = data.hwtasks_cce_autopilot_job.change.summary
}
