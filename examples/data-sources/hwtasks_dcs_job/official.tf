# The official provider discards the ID of the job, so it comes from your own call. The
# official provider rolls out the application only after the switchover.
data "hwtasks_dcs_job" "switchover" {
  job_id   = "ff8080818822bbf70188235afc24141a"
  wait_for = "success"
}

resource "huaweicloud_cce_release" "shop" {
  cluster_id  = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  chart_id    = "6d1f3a52-7f0e-4b3a-9a54-0a4b2e7c9d10"
  name        = "shop"
  namespace   = "default"
  version     = "1.4.0"
  values_json = jsonencode({})
  depends_on  = [data.hwtasks_dcs_job.switchover]
}
