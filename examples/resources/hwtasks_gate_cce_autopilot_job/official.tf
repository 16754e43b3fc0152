# The ID of the job comes from your own call. The official provider upgrades the cluster
# only after the job that creates it.
variable "job_id" {
  type = string
}

resource "hwtasks_gate_cce_autopilot_job" "creation" {
  job_id = var.job_id
}

resource "huaweicloud_cce_autopilot_cluster_upgrade" "cluster" {
  cluster_id     = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  target_version = "v1.32"
  depends_on     = [hwtasks_gate_cce_autopilot_job.creation]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}
