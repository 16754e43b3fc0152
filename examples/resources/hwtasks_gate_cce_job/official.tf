# The ID of the resource is that of the job that it starts.
resource "huaweicloud_cce_cluster_certificate_rotatecredentials" "master" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  component  = "kube-controller-manager"
}

resource "hwtasks_gate_cce_job" "rotation" {
  job_id = huaweicloud_cce_cluster_certificate_rotatecredentials.master.id
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_job.rotation.id
}
