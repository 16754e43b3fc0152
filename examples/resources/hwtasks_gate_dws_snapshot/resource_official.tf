resource "huaweicloud_dws_snapshot_copy" "copy" {
  snapshot_id = var.snapshot_id
  name        = "monthly"
}

resource "hwtasks_gate_dws_snapshot" "copy" {
  snapshot_id = huaweicloud_dws_snapshot_copy.copy.id
}
