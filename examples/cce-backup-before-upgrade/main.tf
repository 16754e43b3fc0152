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
  description = "UID of the backup."
  type        = string
  default     = null
}

variable "upgraded" {
  description = "Whether the upgrade is finished. If true, the backup is not read again, because its record may expire."
  type        = bool
  default     = false
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# All arguments are known, so Terraform reads this while planning: there is no plan
# until the backup succeeds. Without a uid, the plan fails.
data "hwtasks_cce_snapshot_tasks" "backup" {
  count      = var.upgraded ? 0 : 1
  cluster_id = var.cluster_id
  uid        = var.backup_uid
  wait_for   = "success"
  on_missing = "pending" # it may not be listed yet

  timeouts = {
    read = "1h"
  }
}

resource "huaweicloud_cce_cluster_upgrade" "cluster" {
  cluster_id     = var.cluster_id
  target_version = var.target_version
  depends_on     = [data.hwtasks_cce_snapshot_tasks.backup]

  strategy {
    type = "inPlaceRollingUpdate"

    in_place_rolling_update {
      user_defined_step = 20
    }
  }
}

output "backup" {
  value = one(data.hwtasks_cce_snapshot_tasks.backup[*].summary)
}
