# Stands for what starts the switchover, or for the change that must come first.
resource "terraform_data" "switchover" {
  input = "v2"
}

# depends_on defers the read to the apply, as long as the switchover has changes
# pending. The postcondition is the gate proper: it holds whatever wait_for and
# on_missing say.
data "hwtasks_dcs_job" "switchover" {
  job_id     = "ff8080818822bbf70188235afc24141a"
  wait_for   = "success"
  depends_on = [terraform_data.switchover]

  timeouts = {
    read = "20m"
  }

  lifecycle {
    postcondition {
      condition     = self.succeeded
      error_message = self.summary
    }
  }
}

# A reference to the data source holds this back.
resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.summary
}
