variable "gate" {
  type    = bool
  default = true
}

data "hwtasks_dcs_job" "switchover" {
  count    = var.gate ? 1 : 0
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"
}

resource "terraform_data" "rollout" {
  input      = "v2"
  depends_on = [data.hwtasks_dcs_job.switchover]
}
