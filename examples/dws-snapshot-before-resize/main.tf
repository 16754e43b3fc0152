# Resize a warehouse only after a snapshot: create a snapshot, wait until it succeeds,
# resize, and check the result of the resize. The official provider waits until the
# resize finishes, but does not check the result.

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
  description = "ID of the existing cluster, imported as huaweicloud_dws_cluster.warehouse."
  type        = string
}

variable "number_of_node" {
  description = "New number of nodes."
  type        = number
}

variable "network" {
  description = "Location of the cluster."
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

# A new number of nodes requires a new snapshot. cluster_id does not refer to the
# resource below, because that depends on the snapshot.
resource "huaweicloud_dws_snapshot" "before" {
  cluster_id = var.cluster_id
  name       = "before-${var.number_of_node}-nodes"

  lifecycle {
    create_before_destroy = true
  }
}

# Passes once per snapshot: later plans do not read it again.
resource "hwtasks_gate_dws_snapshot" "before" {
  snapshot_id = huaweicloud_dws_snapshot.before.id

  timeouts = {
    create = "2h"
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
  depends_on        = [hwtasks_gate_dws_snapshot.before]
}

# The resource waits until the resize finishes, but not for its success. DWS lists a
# resize while it is running, and a failed one under another name, which the provider
# reads as well. One that is listed nowhere for 30 seconds has succeeded.
resource "hwtasks_gate_dws_cluster_action" "resize" {
  cluster_id  = var.cluster_id
  action_name = "GROWING"
  on_missing  = "succeeded"
  depends_on  = [huaweicloud_dws_cluster.warehouse]

  triggers = {
    number_of_node = tostring(var.number_of_node)
  }
}

output "resize" {
  value = hwtasks_gate_dws_cluster_action.resize.summary
}
