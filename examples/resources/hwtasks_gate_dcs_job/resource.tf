resource "hwtasks_gate_dcs_job" "switchover" {
  job_id = "ff8080818822bbf70188235afc24141a"

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  input = hwtasks_gate_dcs_job.switchover.summary
}
