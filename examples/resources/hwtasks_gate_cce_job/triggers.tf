# Another version replaces the gate, so that it waits again.
variable "job_id" {
  type = string
}

variable "app_version" {
  type = string
}

resource "hwtasks_gate_cce_job" "resize" {
  job_id = var.job_id

  triggers = {
    version = var.app_version
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_job.resize.id
}
