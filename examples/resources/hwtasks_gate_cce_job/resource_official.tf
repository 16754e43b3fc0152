resource "huaweicloud_cce_cluster_certificate_rotatecredentials" "rotation" {
  cluster_id = var.cluster_id
  component  = "all"
}

resource "hwtasks_gate_cce_job" "rotation" {
  job_id = huaweicloud_cce_cluster_certificate_rotatecredentials.rotation.id
}
