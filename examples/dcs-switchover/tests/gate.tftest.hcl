# How to test your own gate without a cloud, an account, or waiting: mock both
# providers, and set what the data source returns. Requires Terraform 1.7 or
# OpenTofu 1.8:
#
#   terraform init
#   terraform test

mock_provider "huaweicloud" {}
mock_provider "hwtasks" {}

variables {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  cluster_id  = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  chart_id    = "6d1f3a52-7f0e-4b3a-9a54-0a4b2e7c9d10"
  app_version = "1.4.0"
}

run "rolls_out_after_the_switchover" {
  override_data {
    target = data.hwtasks_dcs_background_tasks.switchover
    values = {
      state     = "succeeded"
      completed = true
      succeeded = true
      summary   = "switched over"
    }
  }

  assert {
    condition     = huaweicloud_cce_release.shop.version == "1.4.0"
    error_message = "The version was not rolled out."
  }

  assert {
    condition     = output.switchover == "switched over"
    error_message = "The output does not show the switchover."
  }
}

run "stops_if_the_switchover_fails" {
  variables {
    app_version = "1.5.0"
  }

  override_data {
    target = data.hwtasks_dcs_background_tasks.switchover
    values = {
      state     = "failed"
      completed = true
      succeeded = false
      summary   = "not switched over"
    }
  }

  expect_failures = [data.hwtasks_dcs_background_tasks.switchover]
}
