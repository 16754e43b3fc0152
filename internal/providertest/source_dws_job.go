// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"fmt"
	"net/http"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func dwsJob() Source {
	const id = fakecloud.ExampleDWSJobID
	const name = "DWS job " + id
	return Source{
		Name: "dws_job", Noun: "DWS job", Service: "dws", Shape: Single,
		API:  "/v1.0/{project_id}/job/{job_id}",
		Args: Args{"job_id": id},
		ID:   id,

		Statuses: map[string][]string{
			"pending": {"INIT", "WAITING", "DELAY_SCHEDULED"}, "running": {"RUNNING"}, "succeeded": {"SUCCESS"}, "failed": {"FAIL", "STOP"},
		},
		Body: func(status string) string {
			return fmt.Sprintf(`{"job_id":%q,"status":%q,"failed_code":"CreateELBTask-fail:DWS.0114","failed_detail":"disk full"}`, id, status)
		},
		Reason:  "CreateELBTask-fail:DWS.0114: disk full",
		Missing: noSuchDWSTask(),

		Members: []string{"string: job_id job_name", "time: begin_time end_time", "status: status", "string: failed_code failed_detail progress"},
		Samples: []Sample{sample(
			"the documented example", fakecloud.ExampleDWSJob,
			`{"state":"failed","percent":9,"reason":"CreateELBTask-fail:DWS.0114: DWS.0114:load balancer without a private address",
			"summary":"`+name+` (ecfClusterElbCreateJob): failed (FAIL) after 1m21s: CreateELBTask-fail:DWS.0114: DWS.0114:load balancer without a private address",
			"job_name":"ecfClusterElbCreateJob","begin_time":"2026-03-04T06:11:09","end_time":"2026-03-04T06:12:30","status":"FAIL",
			"failed_code":"CreateELBTask-fail:DWS.0114","failed_detail":"DWS.0114:load balancer without a private address","progress":"9%"}`,
		), sample(
			"numbers for strings, empty strings, and undocumented fields",
			`{"job_id":"`+id+`","job_name":7,"begin_time":1772604669000,"end_time":"","status":"running","failed_code":"","failed_detail":[],"progress":33.30,"steps":[{"status":"FAIL"}]}`,
			`{"state":"running","percent":33.3,"summary":"`+name+` (7): running (running), 33.3%","job_name":"7","begin_time":"1772604669000","end_time":"","status":"running","failed_code":"","progress":"33.30"}`,
		), sample(
			"stopped, without a reason", `{"job_id":"`+id+`","status":"STOP"}`,
			`{"state":"failed","reason":"STOP","summary":"`+name+`: failed (STOP)","status":"STOP"}`,
		), sample(
			"nulls", `{"job_id":"`+id+`","job_name":null,"begin_time":null,"end_time":null,"status":null,"failed_code":null,"failed_detail":null,"progress":null}`,
			`{"state":"unknown","summary":"`+name+`: unknown: no status"}`,
		)},
	}
}

func dwsSnapshot() Source {
	const id = fakecloud.ExampleDWSSnapshotID
	missing := append(noSuchDWSTask(), Refused(http.StatusBadRequest, "DWS.5149"))
	return Source{
		Name: "dws_snapshot", Noun: "DWS snapshot", Service: "dws", Shape: Single,
		API:  "/v1.0/{project_id}/snapshots/{snapshot_id}",
		Args: Args{"snapshot_id": id},
		ID:   id,

		Statuses: map[string][]string{"running": {"CREATING"}, "succeeded": {"AVAILABLE"}, "failed": {"UNAVAILABLE"}},
		Body:     func(status string) string { return fmt.Sprintf(`{"snapshot":{"id":%q,"status":%q}}`, id, status) },
		Reason:   "UNAVAILABLE", // the API returns none
		Missing:  missing,

		Members: []string{
			"object: snapshot", membersOf("string", "snapshot", "id name description"), membersOf("time", "snapshot", "started finished updated"),
			membersOf("number", "snapshot", "size"), membersOf("status", "snapshot", "status"), membersOf("string", "snapshot", "type cluster_id cluster_name"),
			membersOf("status", "snapshot", "cluster_status cluster_task_status"),
			membersOf("time", "snapshot", "bak_expected_start_time"), membersOf("number", "snapshot", "bak_keep_day"), membersOf("string", "snapshot", "bak_period db_user progress"),
			membersOf("string", "snapshot", "backup_key prior_backup_key base_backup_key base_backup_name backup_device backup_level"),
			membersOf("number", "snapshot", "total_backup_size"), membersOf("string", "snapshot", "guest_agent_version"),
			membersOf("object", "snapshot", "datastore"), membersOf("string", "snapshot.datastore", "type version"),
			membersOf("boolean", "snapshot", "support_inplace_restore fine_grained_backup"),
			membersOf("object", "snapshot", "fine_grained_backup_detail"), membersOf("string", "snapshot.fine_grained_backup_detail", "database"),
			membersOf("array", "snapshot.fine_grained_backup_detail", "schema_list table_list"),
			membersOf("boolean", "snapshot", "support_fine_grained_cross_version_restore support_fine_grained_asymmetric_restore"),
		},
		Renamed: map[string]string{"snapshot.id": "snapshot_id"},
		Hoisted: "snapshot",
		Samples: dwsSnapshotSamples("DWS snapshot "+id, id),
	}
}

func dwsSnapshotSamples(name, id string) []Sample {
	return []Sample{sample(
		"the documented example, with numbers for strings", fakecloud.ExampleDWSSnapshot,
		`{"state":"succeeded","percent":100,"summary":"`+name+` (before-resize): succeeded (AVAILABLE) after 20m46s",
		"name":"before-resize","description":"","started":"2026-03-04T06:11:09Z","finished":"2026-03-04T06:31:55Z","updated":"2026-03-04T06:31:55Z","size":512.5,"status":"AVAILABLE","type":"MANUAL",
		"cluster_id":"e8a1b6d3-07c4-4f5e-b290-6c3d9f1a7e05","cluster_name":"dw-prod","cluster_status":"ACTIVE","bak_expected_start_time":"1772604669000","bak_keep_day":3,"bak_period":"",
		"db_user":"dbadmin","progress":"100","backup_key":"20260304","prior_backup_key":"FULL","base_backup_key":"","base_backup_name":"0","backup_device":"OBS","backup_level":"cluster",
		"total_backup_size":5368709120,"guest_agent_version":"8.2.0.100","datastore":{"type":"dws","version":"8.2.0"},"support_inplace_restore":true,"fine_grained_backup":true,
		"fine_grained_backup_detail":{"database":"sales","schema_list":["public"],"table_list":["public.orders","public.customers"]},
		"support_fine_grained_cross_version_restore":false,"support_fine_grained_asymmetric_restore":false}`,
	), sample(
		"strings for numbers, fields of other types, and undocumented fields; it is created and has a completion time",
		`{"snapshot":{"id":"`+id+`","name":"nightly","status":"creating","size":"0.25","bak_keep_day":"7","total_backup_size":"9007199254740993","finished":"2026-03-04T06:31:55Z",`+
			`"support_inplace_restore":"TRUE","datastore":[],"started":{},"fine_grained_backup_detail":{"schema_list":null,"table_list":["a",1,null]},"snapshot_id":"other"},"count":1}`,
		`{"state":"running","summary":"`+name+` (nightly): running (creating)","name":"nightly","status":"creating","size":0.25,"bak_keep_day":7,"total_backup_size":9007199254740993,
		"finished":"2026-03-04T06:31:55Z","support_inplace_restore":true,"fine_grained_backup_detail":{"schema_list":[],"table_list":["a","1",null]}}`,
	), sample(
		"frozen, so it cannot be used", `{"snapshot":{"id":"`+id+`","status":"POLICE_FROZEN"}}`,
		`{"state":"unknown","summary":"`+name+`: unknown (POLICE_FROZEN): status \"POLICE_FROZEN\"","status":"POLICE_FROZEN"}`,
	), sample(
		"nulls", `{"snapshot":{"id":"`+id+`","name":null,"status":null,"size":null,"datastore":null,"fine_grained_backup":null,"fine_grained_backup_detail":null}}`,
		`{"state":"unknown","summary":"`+name+`: unknown: no status"}`,
	)}
}
