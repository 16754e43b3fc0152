# The ID of the job comes from your own call. The official provider takes a snapshot only
# after the restore.
variable "job_id" {
  type = string
}

resource "hwtasks_gate_dws_job" "restore" {
  job_id = var.job_id

  timeouts = {
    create = "2h"
  }
}

resource "huaweicloud_dws_snapshot" "restored" {
  cluster_id = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  name       = "restored"
  depends_on = [hwtasks_gate_dws_job.restore]
}
