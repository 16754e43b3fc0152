# Another version replaces the gate, so that it waits for a backup that is started after
# the new time.
variable "target_version" {
  type = string
}

resource "terraform_data" "start" {
  input            = timestamp()
  triggers_replace = var.target_version

  lifecycle {
    ignore_changes = [input]
  }
}

resource "hwtasks_gate_cce_autopilot_snapshot_tasks" "backup" {
  cluster_id    = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  created_after = terraform_data.start.output

  triggers = {
    version = var.target_version
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_autopilot_snapshot_tasks.backup.id
}
