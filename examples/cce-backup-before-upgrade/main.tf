# No upgrade of a Kubernetes cluster without a backup of its own. A pipeline
# starts the backup (no resource of the official provider does so alone), and
# hands over the uid that it was answered with.

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
  description = "Id of the cluster."
  type        = string
}

variable "target_version" {
  description = "Version to upgrade to."
  type        = string
}

variable "backup_uid" {
  description = "uid of the backup."
  type        = string
  default     = null
}

variable "upgraded" {
  description = "Whether the upgrade is done. The backup, whose record may expire, is not looked at any more then."
  type        = bool
  default     = false
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# All of it is known beforehand, so it is read while Terraform plans: there is no
# plan before the backup has succeeded. Without a uid there is none, either.
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
