resource "hwtasks_gate_dcs_task_progress" "migration" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  task_id     = "8abf6e1e72c12e7c0172c15b508500aa"

  timeouts = {
    create = "1h"
  }
}

resource "terraform_data" "next" {
  input = hwtasks_gate_dcs_task_progress.migration.summary
}
