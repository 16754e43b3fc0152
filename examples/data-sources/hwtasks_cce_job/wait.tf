# Terraform waits until the job finishes. If it fails, the plan fails with the reason of the
# deepest failed sub-job.
data "hwtasks_cce_job" "node" {
  job_id   = "6d1f0c52-9a7e-4b3c-8e21-0f5a7c9d1b46"
  wait_for = "success"
}

output "node" {
  value = data.hwtasks_cce_job.node.summary
}
