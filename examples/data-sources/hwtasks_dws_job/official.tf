# The ID of the job comes from your own call. The official provider takes a snapshot only
# after the restore.
data "hwtasks_dws_job" "restore" {
  job_id   = "2c90808f9a1b4c7e019a2d5e7f60011c"
  wait_for = "success"
}

resource "huaweicloud_dws_snapshot" "restored" {
  cluster_id = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  name       = "restored"
  depends_on = [data.hwtasks_dws_job.restore]
}
