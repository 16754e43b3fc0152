# The ID of the job comes from your own call. The official provider upgrades the cluster
# only after the job that creates it.
data "hwtasks_cce_autopilot_job" "cluster" {
  job_id   = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"
  wait_for = "success"
}

resource "huaweicloud_cce_autopilot_cluster_upgrade" "cluster" {
  cluster_id     = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  target_version = "v1.32"
  depends_on     = [data.hwtasks_cce_autopilot_job.cluster]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}
