# Placeholder for the resource that starts the switchover.
resource "terraform_data" "switchover" {
  input = "v2"
}

# depends_on defers the read to the apply while the switchover has pending changes.
# The postcondition is the gate: it does not depend on wait_for and on_missing.
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

# Waits for the data source, because it refers to it.
resource "terraform_data" "rollout" {
  input = data.hwtasks_dcs_job.switchover.summary
}
