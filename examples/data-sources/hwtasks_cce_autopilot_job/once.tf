# The task state. A failed job is data here, not an error.
data "hwtasks_cce_autopilot_job" "cluster" {
  job_id = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"
}

output "cluster" {
  value = data.hwtasks_cce_autopilot_job.cluster.state
}
