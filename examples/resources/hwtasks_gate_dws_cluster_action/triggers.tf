# Wait again for each number of nodes.
variable "number_of_nodes" {
  type = number
}

resource "hwtasks_gate_dws_cluster_action" "resize" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "GROWING"
  on_missing  = "succeeded" # DWS no longer lists it once it succeeds

  triggers = {
    nodes = tostring(var.number_of_nodes)
  }

  timeouts = {
    create = "6h"
  }
}

# Starts only after the resize.
resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_dws_cluster_action.resize.id
}
