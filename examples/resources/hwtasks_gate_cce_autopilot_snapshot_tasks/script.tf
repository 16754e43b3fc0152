# The script starts a backup and prints its UID:
#
#   terraform apply -var backup_uid="$(./backup.sh)"
variable "backup_uid" {
  type = string
}

resource "hwtasks_gate_cce_autopilot_snapshot_tasks" "backup" {
  cluster_id = "7f0e9d8c-1b2a-11ef-8a3d-0255ac100b0c"
  uid        = var.backup_uid

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_autopilot_snapshot_tasks.backup.id
}
