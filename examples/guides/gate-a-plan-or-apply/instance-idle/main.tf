data "hwtasks_dcs_background_tasks" "instance" {
  instance_id   = "5560df16-cebf-4473-95c4-d1b573c16e79"
  wait_for      = "idle"
  poll_interval = "10s"

  lifecycle {
    postcondition {
      condition     = self.idle
      error_message = self.summary
    }
  }
}

resource "terraform_data" "resize" {
  input      = "redis.ha.xu1.large.r2.4"
  depends_on = [data.hwtasks_dcs_background_tasks.instance]
}
