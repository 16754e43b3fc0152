# A warehouse grows only behind a snapshot: take one, make sure that it has been
# taken and that no other one is under way, resize, and make sure of the resize
# as well, for the official provider waits for its end without a look at its outcome.

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
  description = "Id of the cluster, which exists and is imported as huaweicloud_dws_cluster.warehouse."
  type        = string
}

variable "number_of_node" {
  description = "Number of nodes that the cluster is to have."
  type        = number
}

variable "network" {
  description = "Where the cluster stands."
  type = object({
    availability_zone = string
    vpc_id            = string
    network_id        = string
    security_group_id = string
  })
}

variable "user_pwd" {
  description = "Password of the cluster's administrator."
  type        = string
  sensitive   = true
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# Another number of nodes asks for another snapshot. Its cluster_id does not
# refer to the cluster below, which comes after it.
resource "huaweicloud_dws_snapshot" "before" {
  cluster_id = var.cluster_id
  name       = "before-${var.number_of_node}-nodes"

  lifecycle {
    create_before_destroy = true
  }
}

# DWS lists a snapshot while it is taken, and a failed one under another name,
# which is looked up as well. One that is listed nowhere is done; to be sure that
# none is about to appear, a wait looks for half a minute.
data "hwtasks_dws_cluster_action" "snapshot" {
  cluster_id  = var.cluster_id
  action_name = "SNAPSHOTTING"
  wait_for    = "success"
  on_missing  = "succeeded"
  depends_on  = [huaweicloud_dws_snapshot.before]

  timeouts = {
    read = "2h"
  }

  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
}

resource "huaweicloud_dws_cluster" "warehouse" {
  name              = "warehouse"
  version           = "9.1.0"
  node_type         = "dws.m3.xlarge"
  number_of_node    = var.number_of_node
  number_of_cn      = 3
  availability_zone = var.network.availability_zone
  vpc_id            = var.network.vpc_id
  network_id        = var.network.network_id
  security_group_id = var.network.security_group_id
  user_name         = "dbadmin"
  user_pwd          = var.user_pwd
  depends_on        = [data.hwtasks_dws_cluster_action.snapshot]
}

# The resource has waited for the end of the resize; one look tells how it ended.
data "hwtasks_dws_cluster_action" "resize" {
  cluster_id  = var.cluster_id
  action_name = "GROWING"
  on_missing  = "succeeded"
  depends_on  = [huaweicloud_dws_cluster.warehouse]

  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
}

output "resize" {
  value = data.hwtasks_dws_cluster_action.resize.summary
}
