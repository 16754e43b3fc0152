# Wait until a snapshot is available. The call that creates it returns the ID.
data "hwtasks_dws_snapshot" "backup" {
  snapshot_id = "5f0e2c7a-41d9-4b86-9a3c-d17e60b8f254"
  wait_for    = "success"

  timeouts = {
    read = "1h"
  }
}

output "backup" {
  value = data.hwtasks_dws_snapshot.backup.summary
}
