# The script starts a resize and prints the ID of its job:
#
#   terraform apply -var job_id="$(./resize-cluster.sh)"
variable "job_id" {
  type = string
}

resource "hwtasks_gate_cce_job" "resize" {
  job_id = var.job_id

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_job.resize.id
}
