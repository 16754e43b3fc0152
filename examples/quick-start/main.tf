terraform {
  required_providers {
    hwtasks = {
      source  = "hwtasks/hwtasks"
      version = "~> 0.1"
    }
  }
}

provider "hwtasks" {
  region = "cn-north-4"
}

variable "instance_id" {
  description = "ID of a DCS (Redis) instance."
  type        = string
}

data "hwtasks_dcs_background_tasks" "instance" {
  instance_id = var.instance_id
  wait_for    = "idle"
}

resource "terraform_data" "change" {
  input      = "your change to the instance"
  depends_on = [data.hwtasks_dcs_background_tasks.instance]
}
