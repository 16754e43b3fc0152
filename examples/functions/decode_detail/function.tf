# DWS reports the progress of a restore only in the details of its parts. The preparation
# starts once half of the data is restored; `restored` is 0 if a part does not report its
# progress. The output `slots` shows the slots that each node of a DCS instance receives.
data "hwtasks_dws_cluster_action" "restore" {
  cluster_id  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
  action_name = "RESTORING"
}

locals {
  restored = try(min([
    for part in flatten(data.hwtasks_dws_cluster_action.restore.items[*].sub_items) :
    trimsuffix(provider::hwtasks::decode_detail(part.detail).progressInfo.progress, "%")
  ]...), 0)
}

resource "terraform_data" "preparation" {
  input = local.restored

  lifecycle {
    precondition {
      condition     = local.restored >= 50 && !data.hwtasks_dws_cluster_action.restore.failed
      error_message = "Not yet: ${data.hwtasks_dws_cluster_action.restore.summary}, ${local.restored}% of the data."
    }
  }
}

data "hwtasks_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"
}

locals {
  details = [
    for part in flatten(data.hwtasks_dcs_task_progress.migration.step_details[*].sub_step_details) :
    provider::hwtasks::decode_detail(part.detail) if part.detail != null && part.detail != ""
  ]
}

output "slots" {
  value = { for detail in local.details : detail.node_id => join("-", detail.slot_range) }
}
