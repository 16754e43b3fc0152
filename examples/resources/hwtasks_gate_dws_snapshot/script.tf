# The script takes a snapshot and prints its ID:
#
#   terraform apply -var snapshot_id="$(./snapshot.sh)"
variable "snapshot_id" {
  type = string
}

resource "hwtasks_gate_dws_snapshot" "before" {
  snapshot_id = var.snapshot_id

  timeouts = {
    create = "2h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_snapshot.before.id
}
