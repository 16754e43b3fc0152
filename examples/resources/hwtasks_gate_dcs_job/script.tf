# The script starts a switchover and prints the ID of its job:
#
#   terraform apply -var job_id="$(./start-switchover.sh)"
variable "job_id" {
  type = string
}

resource "hwtasks_gate_dcs_job" "switchover" {
  job_id = var.job_id

  timeouts = {
    create = "15m"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dcs_job.switchover.id
}
