resource "hwtasks_gate_cce_autopilot_job" "cluster" {
  job_id = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  input = hwtasks_gate_cce_autopilot_job.cluster.summary
}
