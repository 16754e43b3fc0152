# Install a workload only after its node pool is ready. A pipeline creates the node
# pool with KooCLI, and passes the ID of the job from the response:
#
#   job_id=$(hcloud CCE CreateNodePool … --cli-query=status.jobId | tr -d '"')
#   terraform apply -var job_id="$job_id"

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

variable "node_pool" {
  description = "Name of the node pool. A new name requires a new job."
  type        = string
}

variable "job_id" {
  description = "ID of the job that creates the node pool. Required only in the first apply of a node pool."
  type        = string
  default     = null
}

variable "chart_id" {
  description = "ID of the uploaded chart of the workload."
  type        = string
}

provider "huaweicloud" {
  region = var.region
}

provider "hwtasks" {
  region = var.region
}

# The job of this node pool. After a failed job, create the node pool again and run:
#
#   terraform apply -replace=terraform_data.job -var job_id=ID
resource "terraform_data" "job" {
  input            = var.job_id
  triggers_replace = var.node_pool

  lifecycle {
    ignore_changes = [input]
  }
}

# Waits once for the job and all its sub-jobs, one for each node. CCE keeps jobs for a
# limited time, and later plans do not read it again.
resource "hwtasks_gate_cce_job" "node_pool" {
  job_id = terraform_data.job.output

  timeouts = {
    create = "1h"
  }
}

resource "huaweicloud_cce_release" "reports" {
  cluster_id  = var.cluster_id
  chart_id    = var.chart_id
  name        = "reports"
  namespace   = "default"
  version     = "1.0.0"
  values_json = jsonencode({ nodeSelector = { "cce.cloud.com/cce-nodepool" = var.node_pool } })
  depends_on  = [hwtasks_gate_cce_job.node_pool]
}

output "node_pool" {
  value = hwtasks_gate_cce_job.node_pool.summary
}
