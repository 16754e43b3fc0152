// SPDX-License-Identifier: MPL-2.0

package fakecloud

func dcsJobAPI() taskAPI {
	return taskAPI{
		service: "DCS", statuses: statuses("INIT", "RUNNING", "SUCCESS", "FAIL"),
		identity: []string{"job_id"}, status: []string{"status"},
		odd: []oddField{{[]string{"job_type"}, 7}, {[]string{"begin_time"}, object{}}, {[]string{"end_time"}, false}},
		body: func(id, status string, state State) object {
			return object{
				{"job_id", id},
				{"job_type", "masterStandbySwapJob"},
				{"status", status},
				{"begin_time", "1684191545379"},
				{"end_time", "1684191548248"},
				{"fail_reason", reason(state)},
			}
		},
	}
}

// dcsProgressAPI has one step. Only its status and progress decide.
func dcsProgressAPI() taskAPI {
	step := func(name string) []string { return []string{"step_details", name} }
	return taskAPI{
		service: "DCS", statuses: statuses("WAITING", "EXECUTING", "FINISH", "FAILED"),
		status: step("step_status"),
		odd:    []oddField{{[]string{"remain_time"}, ""}, {step("step_name"), []object{}}, {step("begin_time"), 1}},
		body: func(_, status string, state State) object {
			return object{{"progress", percent(state)}, {"remain_time", 100}, {"step_details", []object{{
				{"step_id", "9d1d1da8-650e-406f-81e4-b3c11515869f"},
				{"step_name", "数据迁移"},
				{"step_status", status},
				{"begin_time", "2022-09-01 11:52:24"},
				{"end_time", "2022-09-01 11:54:30"},
				{"error_code", "DCS.4065"},
				{"sub_step_details", []object{}},
			}}}}
		},
	}
}

func dcsTaskAPI() taskAPI {
	return taskAPI{
		list: pagedList, service: "DCS", statuses: statuses("CREATED", "EXECUTING", "SUCCESS", "FAILED"),
		identity: []string{"id"}, status: []string{"status"},
		odd: []oddField{{[]string{"params"}, []object{}}, {[]string{"details", "old_port"}, ""}, {[]string{"user_name"}, 7}},
		body: func(id, status string, _ State) object {
			return object{
				{"id", id},
				{"name", ""},
				{"details", object{{"old_port", 6379}, {"new_port", 6380}}},
				{"user_name", "dcs_000_02"},
				{"user_id", "d53977d1adfb49c5b025ba7d33a13fd7"},
				{"params", "{}"},
				{"status", status},
				{"created_at", ""},
				{"updated_at", ""},
				{"enable_show", false},
			}
		},
	}
}

func dwsActionAPI() taskAPI {
	return taskAPI{
		service: "DWS", statuses: statuses("WAITING", "RUNNING", "SUCCESS", "FAILED"),
		identity: []string{"action_name"}, status: []string{"status"},
		odd: []oddField{{[]string{"id"}, 1}, {[]string{"items"}, ""}, {[]string{"cluster_name"}, object{}}},
		body: func(id, status string, _ State) object {
			return object{
				{"id", "abb30649-4ab5-448f-a199-f764d2a4271d"},
				{"status", status},
				{"items", []object{{
					{"item_name", "创建快照"}, {"sub_items", []object{{
						{"status", status},
						{"detail", ""},
						{"sub_item_name", "执行备份"},
						{"begin_time", "2025-05-19 09:06:18.0"},
						{"end_time", nil},
						{"estimated_time", -1},
					}}},
				}}},
				{"action_name", id},
				{"cluster_name", "cluster_779"},
				{"submit_time", "2025-05-19 09:05:10.0"},
			}
		},
	}
}

func dwsJobAPI() taskAPI {
	return taskAPI{
		service: "DWS", statuses: statuses("INIT", "RUNNING", "SUCCESS", "FAIL"),
		identity: []string{"job_id"}, status: []string{"status"},
		odd: []oddField{{[]string{"job_name"}, 7}, {[]string{"begin_time"}, object{}}, {[]string{"progress"}, []object{}}},
		body: func(id, status string, state State) object {
			return object{
				{"job_id", id},
				{"job_name", "ecfClusterElbCreateJob"},
				{"begin_time", "2026-03-04T06:11:09"},
				{"end_time", ""},
				{"status", status},
				{"failed_code", nil},
				{"failed_detail", reason(state)},
				{"progress", encode(percent(state)) + "%"},
			}
		},
	}
}

// dwsSnapshotAPI has no pending snapshots.
func dwsSnapshotAPI() taskAPI {
	field := func(name string) []string { return []string{"snapshot", name} }
	return taskAPI{
		service: "DWS", statuses: statuses("CREATING", "CREATING", "AVAILABLE", "UNAVAILABLE"),
		identity: field("id"), status: field("status"),
		odd: []oddField{{field("size"), "large"}, {field("datastore"), []object{}}, {field("started"), 5}},
		body: func(id, status string, state State) object {
			return object{{"snapshot", object{
				{"id", id},
				{"name", "before-resize"},
				{"description", ""},
				{"started", "2026-03-04T06:11:09Z"},
				{"finished", "2026-03-04T06:31:55Z"},
				{"size", 512.5},
				{"status", status},
				{"type", "MANUAL"},
				{"cluster_id", "e8a1b6d3-07c4-4f5e-b290-6c3d9f1a7e05"},
				{"progress", encode(percent(state))},
				{"datastore", object{{"type", "dws"}, {"version", "8.2.0"}}},
			}}}
		},
	}
}

func cceMetadata(id string) object {
	const created = "2026-03-04 06:11:09.120345678 +0000 UTC"
	return object{{"uid", id}, {"creationTimestamp", created}, {"updateTimestamp", created}}
}

func cceJobAPI() taskAPI {
	return taskAPI{
		service: "CCE", statuses: statuses("Initializing", "Running", "Success", "Failed"),
		identity: []string{"metadata", "uid"}, status: []string{"status", "phase"},
		odd: []oddField{{[]string{"metadata", "creationTimestamp"}, 5}, {[]string{"spec", "extendParam"}, ""}, {[]string{"apiVersion"}, false}},
		body: func(id, status string, state State) object {
			return object{
				{"kind", "Job"},
				{"apiVersion", "v3"},
				{"metadata", cceMetadata(id)},
				{"spec", object{
					{"type", "ScaleupCluster"},
					{"clusterUID", "b7c2e9a4-55d0-4c18-a1f3-3e6d0b82c975"},
					{"resourceName", "prod-a"},
					{"extendParam", object{}},
					{"subJobs", []object{}},
				}},
				{"status", object{{"phase", status}, {"reason", reason(state)}}},
			}
		},
	}
}

func cceUpgradeTaskAPI() taskAPI {
	return cceTaskAPI("UpgradeTask", "v3", object{{"version", "v1.29"}, {"targetVersion", "v1.31"}})
}

func cceSnapshotTaskAPI() taskAPI {
	api := cceTaskAPI("SnapshotTask", "v3.1", object{})
	api.list = wholeList
	return api
}

// cceTaskAPI has a completion time in every state, as in the documents' examples.
func cceTaskAPI(kind, version string, spec object) taskAPI {
	return taskAPI{
		service: "CCE", statuses: statuses("Init", "Running", "Success", "Failed"),
		identity: []string{"metadata", "uid"}, status: []string{"status", "phase"},
		odd: []oddField{{[]string{"metadata", "updateTimestamp"}, 5}, {[]string{"spec"}, ""}, {[]string{"status", "completionTime"}, false}},
		body: func(id, status string, state State) object {
			return object{
				{"kind", kind},
				{"apiVersion", version},
				{"metadata", cceMetadata(id)},
				{"spec", spec},
				{"status", object{
					{"phase", status}, {"progress", encode(percent(state))}, {"completionTime", "2026-03-04 06:31:55.00871 +0000 UTC"},
				}},
			}
		},
	}
}
