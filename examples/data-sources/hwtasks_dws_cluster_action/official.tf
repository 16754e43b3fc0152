# While the snapshot has pending changes, Terraform reads the data source during the apply,
# and waits until the task of the cluster succeeds.
resource "huaweicloud_dws_snapshot" "before" {
  cluster_id = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  name       = "before-resize"
}

data "hwtasks_dws_cluster_action" "snapshot" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "SNAPSHOTTING"
  wait_for    = "success"
  on_missing  = "succeeded"
  depends_on  = [huaweicloud_dws_snapshot.before]
}
