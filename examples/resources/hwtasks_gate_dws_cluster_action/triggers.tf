# Another number of nodes replaces the gate, so that it waits again.
variable "number_of_nodes" {
  type = number
}

resource "hwtasks_gate_dws_cluster_action" "resize" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "GROWING"
  on_missing  = "succeeded"

  triggers = {
    nodes = tostring(var.number_of_nodes)
  }

  timeouts = {
    create = "6h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_cluster_action.resize.id
}
