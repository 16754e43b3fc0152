resource "hwtasks_gate_dws_job" "restore" {
  job_id = "2c90808f9a1b4c7e019a2d5e7f60011c"

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  input = hwtasks_gate_dws_job.restore.summary
}
