# The ID of the resource is that of the job that it starts. It is known only after apply, so
# Terraform reads the data source during the apply.
resource "huaweicloud_cce_cluster_certificate_rotatecredentials" "master" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  component  = "kube-controller-manager"
}

data "hwtasks_cce_job" "rotation" {
  job_id   = huaweicloud_cce_cluster_certificate_rotatecredentials.master.id
  wait_for = "success"
}
