# The resource of the official provider does not wait until the copy is complete, but the
# gate does.
resource "huaweicloud_dws_snapshot_copy" "copy" {
  snapshot_id = "87d326f9-46b0-486e-a4ba-1f82ec9315ed"
  name        = "before-resize"
}

resource "hwtasks_gate_dws_snapshot" "copy" {
  snapshot_id = huaweicloud_dws_snapshot_copy.copy.id

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_snapshot.copy.id
}
