# The script starts a restore and prints the ID of its job:
#
#   terraform apply -var job_id="$(./start-restore.sh)"
variable "job_id" {
  type = string
}

resource "hwtasks_gate_dws_job" "restore" {
  job_id = var.job_id

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_job.restore.id
}
