# The script starts a backup and prints its UID:
#
#   terraform apply -var backup_uid="$(./backup.sh)"
variable "backup_uid" {
  type = string
}

resource "hwtasks_gate_cce_snapshot_tasks" "backup" {
  cluster_id = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  uid        = var.backup_uid

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  triggers_replace = hwtasks_gate_cce_snapshot_tasks.backup.id
}
