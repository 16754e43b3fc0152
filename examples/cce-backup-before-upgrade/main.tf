# Upgrade a Kubernetes cluster only after a backup. A pipeline starts the backup,
# because the official provider has no resource for it, and passes the uid from the
# response.

terraform {
  required_version = ">= 1.5"

  required_providers {
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
    hwtasks = {
      source = "hwtasks/hwtasks"
    }
  }
}

variable "region" {
  type    = string
  default = "cn-north-4"
}

variable "cluster_id" {
  description = "ID of the cluster."
  type        = string
}

variable "target_version" {
  description = "Version to upgrade to."
  type        = string
}

variable "backup_uid" {
  description = "UID of the backup. Required only in the first apply of a version."
  type        = string
  default     = null
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# The backup of this version. It does not change until the version does. After a
# failed backup, start another one and run:
#
#   terraform apply -replace=terraform_data.backup -var backup_uid=UID
resource "terraform_data" "backup" {
  input            = var.backup_uid
  triggers_replace = var.target_version

  lifecycle {
    ignore_changes = [input]
  }
}

# Waits once for the backup, which may not be listed yet. Later plans do not read it
# again, so its record may expire. Without a uid, the plan fails.
resource "hwtasks_gate_cce_snapshot_tasks" "backup" {
  cluster_id = var.cluster_id
  uid        = terraform_data.backup.output

  timeouts = {
    create = "1h"
  }
}

resource "huaweicloud_cce_cluster_upgrade" "cluster" {
  cluster_id     = var.cluster_id
  target_version = var.target_version
  depends_on     = [hwtasks_gate_cce_snapshot_tasks.backup]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}

output "backup" {
  value = hwtasks_gate_cce_snapshot_tasks.backup.summary
}
