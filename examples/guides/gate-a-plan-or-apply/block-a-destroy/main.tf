data "hwtasks_dcs_background_tasks" "instance" {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  wait_for    = "idle"

  timeouts = {
    read = "10m"
  }
}

resource "terraform_data" "instance" {
  input = "cache"
}
