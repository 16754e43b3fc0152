# Both providers are mocks. The first run sets what the gate stores, and the second one checks
# which task the gate waits for.
mock_provider "huaweicloud" {}
mock_provider "hwtasks" {}

variables {
  instance_id = "5560df16-cebf-4473-95c4-d1b573c16e79"
  cluster_id  = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
  chart_id    = "6d1f3a52-7f0e-4b3a-9a54-0a4b2e7c9d10"
  app_version = "1.4.0"
}

run "rolls_out_after_the_switchover" {
  override_resource {
    target = hwtasks_gate_dcs_background_tasks.switchover
    values = {
      summary = "switched over"
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

run "accepts_only_the_switchover_of_this_version" {
  variables {
    app_version = "1.5.0"
  }

  assert {
    condition     = hwtasks_gate_dcs_background_tasks.switchover.start_time == terraform_data.begin.output
    error_message = "The gate accepts an earlier switchover."
  }
}
