# The script starts the creation of the cluster and prints the ID of its job:
#
#   terraform apply -var job_id="$(./create-cluster.sh)"
variable "job_id" {
  type = string
}

resource "hwtasks_gate_cce_autopilot_job" "creation" {
  job_id = var.job_id

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_autopilot_job.creation.id
}
