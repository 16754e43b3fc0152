# Another number of nodes replaces the gate, so that it checks the snapshot again.
variable "snapshot_id" {
  type = string
}

variable "number_of_nodes" {
  type = number
}

resource "hwtasks_gate_dws_snapshot" "before" {
  snapshot_id = var.snapshot_id

  triggers = {
    nodes = tostring(var.number_of_nodes)
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_snapshot.before.id
}
