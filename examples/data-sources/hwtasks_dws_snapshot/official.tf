# The resource of the official provider does not wait until the copy is complete. The ID is
# known only after apply, so Terraform reads the data source during the apply.
resource "huaweicloud_dws_snapshot_copy" "copy" {
  snapshot_id = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
  name        = "before-resize"
}

data "hwtasks_dws_snapshot" "copy" {
  snapshot_id = huaweicloud_dws_snapshot_copy.copy.id
  wait_for    = "success"
}
