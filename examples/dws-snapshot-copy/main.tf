# Restore a warehouse only from a complete copy of a snapshot: copy an automated
# snapshot, which its cluster would take with it, wait until the copy is available,
# and restore it to a new cluster. The official provider does not wait for the copy,
# and has no resource for the restore, so KooCLI starts it.

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

variable "snapshot_id" {
  description = "ID of the automated snapshot."
  type        = string
}

variable "cluster_name" {
  description = "Name of the new cluster."
  type        = string
}

variable "restore" {
  description = "Command that starts the restore. SNAPSHOT_ID and CLUSTER_NAME are set in its environment."
  type        = string
  default     = "hcloud DWS RestoreCluster --snapshot_id=\"$SNAPSHOT_ID\" --restore.name=\"$CLUSTER_NAME\""
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# The attribute `id` is that of the copy.
resource "huaweicloud_dws_snapshot_copy" "copy" {
  snapshot_id = var.snapshot_id
  name        = "copy-for-${var.cluster_name}"
}

# Passes once per copy: later plans do not read it again.
resource "hwtasks_gate_dws_snapshot" "copy" {
  snapshot_id = huaweicloud_dws_snapshot_copy.copy.id

  timeouts = {
    create = "2h"
  }
}

# Runs once per copy, and only if the gate has passed.
resource "terraform_data" "restore" {
  triggers_replace = hwtasks_gate_dws_snapshot.copy.id

  provisioner "local-exec" {
    command = var.restore

    environment = {
      SNAPSHOT_ID  = hwtasks_gate_dws_snapshot.copy.snapshot_id
      CLUSTER_NAME = var.cluster_name
    }
  }
}

output "copy" {
  value = hwtasks_gate_dws_snapshot.copy.summary
}
