// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// mistake is something that cannot be meant, and the one error that says so,
// which has no text here where a library words it.
type mistake struct {
	name     string
	settings args
	source   string
	ask      args
	want     fault
}

// TestAll_refuseAMistakeInOneErrorBeforeAnyRequest compares the whole error in
// process, and sees that Terraform shows it with the name of the attribute.
func TestAll_refuseAMistakeInOneErrorBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	for _, mistakes := range [][]mistake{mistakenIDs(), mistakenWaits(), mistakenWords(), mistakenFilters(), mistakenSettings()} {
		for _, m := range mistakes {
			t.Run(m.name, func(t *testing.T) {
				t.Parallel()
				ids := subjectOf(t, m.source).ids
				unasked := fakecloud.New(keys)
				got := read(t, unasked, settings().With(m.settings), m.source, ids.With(m.ask))
				shown := []string{"Error: " + m.want.Summary, m.want.Detail}
				diff(t, "in process", dataSourceCaller{Diagnostics: []fault{m.want}}, got)

				cloud, settings := serve(t)
				refuse(t, settings.With(m.settings), m.source, ids.With(m.ask), shown...)
				if requests := len(unasked.Requests()) + len(cloud.Requests()); requests != 0 {
					t.Errorf("%d requests have reached the cloud", requests)
				}
			})
		}
	}
}

// invalid is the error of a value, in the form that most of them have.
func invalid(at, name, problem string) fault {
	return fault{Summary: "Invalid value for " + name, Detail: name + ": " + problem, At: at}
}

func oneOf(name, values, got string) fault {
	return fault{
		Summary: "Invalid Attribute Value Match", At: name,
		Detail: fmt.Sprintf("Attribute %s value must be one of: [%s], got: %q", name, values, got),
	}
}

func mistakenIDs() []mistake {
	const remedy = " Use the id as the API or the console shows it: letters, digits, hyphens, underscores and dots."
	const strange = " contains a character that is not a letter, a digit, a hyphen, an underscore, or a dot." + remedy
	const names = `"FINE_GRAINED_RESTORING" "FINE_GRAINED_RESTORING_FAILED" "GROWING" "RESIZE_FAILURE" "RESTORING" "RESTORING_FAILED" "SNAPSHOTTING" "SNAPSHOTTING_FAILED"`
	rows := []mistake{
		{name: "an unknown action", source: "dws_cluster_action", ask: args{"action_name": "REBOOTING"}, want: oneOf("action_name", names, "REBOOTING")},
		{name: "an action in lower case", source: "dws_cluster_action", ask: args{"action_name": "snapshotting"}, want: oneOf("action_name", names, "snapshotting")},
		{name: "another language", source: "dws_cluster_action", ask: args{"language": "zh-cn"}, want: oneOf("language", `"en_us" "zh_cn"`, "zh-cn")},
		{name: "an empty region", source: "dcs_job", ask: args{"region": ""}, want: invalid("region", "region", `"" cannot be part of a host name. Use a region's id, for example cn-north-4.`)},
		{name: "a region that is a path", source: "dcs_job", ask: args{"region": "example.com/"}, want: invalid("region", "region", `"example.com/" cannot be part of a host name. Use a region's id, for example cn-north-4.`)},
		{name: "a project that is none", source: "dcs_job", ask: args{"project_id": "a b"}, want: invalid("project_id", "project_id", `"a b"`+strange)},
	}
	for _, id := range []struct{ source, name string }{
		{"dws_cluster_action", "cluster_id"},
		{"dcs_background_tasks", "instance_id"},
		{"dcs_background_tasks", "task_id"},
		{"dcs_task_progress", "instance_id"},
		{"dcs_task_progress", "task_id"},
		{"dcs_job", "job_id"},
		{"cce_snapshot_tasks", "cluster_id"},
		{"cce_snapshot_tasks", "uid"},
		{"cce_autopilot_snapshot_tasks", "cluster_id"},
		{"cce_autopilot_snapshot_tasks", "uid"},
	} {
		rows = append(rows, mistake{
			name: "an empty " + id.name + " of " + id.source, source: id.source, ask: args{id.name: ""},
			want: invalid(id.name, id.name, "it is empty."+remedy),
		})
	}
	for text, problem := range map[string]string{
		".":     `"." is a path, not an identifier.` + remedy,
		"..":    `".." is a path, not an identifier.` + remedy,
		"a/b":   `"a/b"` + strange,
		"a?b":   `"a?b"` + strange,
		"a#b":   `"a#b"` + strange,
		"a%2fb": `"a%2fb"` + strange,
		"é":     `"é"` + strange,
	} {
		rows = append(rows, mistake{name: "the id " + strings.ReplaceAll(text, "/", " slash "), source: "dcs_job", ask: args{"job_id": text}, want: invalid("job_id", "job_id", problem)})
	}
	return rows
}

func mistakenWaits() []mistake {
	const short = ` is too short. Use a duration of at least "1s".`
	const soon = ` is too short. Use a duration above zero, for example "30m" or "2h45m".`
	const longer = ". Allow more time, or look more often."
	return []mistake{
		{name: "another wait", source: "dcs_background_tasks", ask: args{"wait_for": "end"}, want: oneOf("wait_for", `"completion" "success" "idle"`, "end")},
		{name: "idle is for lists: action", source: "dws_cluster_action", ask: args{"wait_for": "idle"}, want: oneOf("wait_for", `"completion" "success"`, "idle")},
		{name: "idle is for lists: progress", source: "dcs_task_progress", ask: args{"wait_for": "idle"}, want: oneOf("wait_for", `"completion" "success"`, "idle")},
		{name: "idle is for lists: job", source: "dcs_job", ask: args{"wait_for": "idle"}, want: oneOf("wait_for", `"completion" "success"`, "idle")},
		{name: "a short interval", source: "dcs_job", ask: args{"poll_interval": "999ms"}, want: invalid("poll_interval", "poll_interval", `"999ms"`+short)},
		{name: "a negative interval", source: "dcs_job", ask: args{"poll_interval": "-1s"}, want: invalid("poll_interval", "poll_interval", `"-1s"`+short)},
		{name: "an interval without a unit", source: "dcs_job", ask: args{"poll_interval": "5"}, want: invalid("poll_interval", "poll_interval", `"5" is no duration. Use a duration of at least "1s".`)},
		{name: "no time", source: "dcs_job", ask: args{"timeouts": args{"read": "0s"}}, want: invalid("timeouts.read", "timeouts.read", `"0s"`+soon)},
		{name: "less than no time", source: "dcs_job", ask: args{"timeouts": args{"read": "-5m"}}, want: invalid("timeouts.read", "timeouts.read", `"-5m"`+soon)},
		{name: "a time that is none", source: "dcs_job", ask: args{"timeouts": args{"read": "soon"}}, want: invalid("timeouts.read", "timeouts.read", `"soon" is no duration. Use a duration above zero, for example "30m" or "2h45m".`)},
		{name: "time for one look only", source: "dcs_job", ask: args{"wait_for": "success", "poll_interval": "10s", "timeouts": args{"read": "10s"}}, want: invalid("timeouts.read", "timeouts.read", "10s is not longer than poll_interval, 10s"+longer)},
		{name: "more than the default time for a wait", source: "dcs_job", ask: args{"wait_for": "success", "poll_interval": "30m"}, want: invalid("timeouts.read", "timeouts.read", "30m0s is not longer than poll_interval, 30m0s"+longer)},
		{
			name: "a wait for the success of no matter which backup", source: "cce_snapshot_tasks", ask: args{"wait_for": "success"},
			want: invalid("wait_for", "wait_for", `a wait for success needs to know which backup is meant, or an earlier success would open the gate. Set uid to the id of the backup, or created_after to a time just before it was started.`),
		},
		{
			name: "a wait for the success of no matter which backup, Autopilot", source: "cce_autopilot_snapshot_tasks", ask: args{"wait_for": "success"},
			want: invalid("wait_for", "wait_for", `a wait for success needs to know which backup is meant, or an earlier success would open the gate. Set uid to the id of the backup, or created_after to a time just before it was started.`),
		},
	}
}

func mistakenWords() []mistake {
	const none = " is not a state that a word can have. Use pending, running, succeeded or failed."
	return []mistake{
		{name: "another meaning of a missing task", source: "dcs_job", ask: args{"on_missing": "ok"}, want: oneOf("on_missing", `"error" "pending" "succeeded"`, "ok")},
		{
			name: "a missing failure as success", source: "dws_cluster_action", ask: args{"action_name": "RESIZE_FAILURE", "on_missing": "succeeded"},
			want: invalid("on_missing", "on_missing", `"succeeded" cannot be meant for the action RESIZE_FAILURE, which is the record of a failure. Name the action as it is called while it is in progress: the record of its failure is looked up as well.`),
		},
		{name: "an unknown state", source: "dcs_job", ask: args{"status_map": args{"DONE": "done"}}, want: invalid("status_map.DONE", `status_map["DONE"]`, `"done"`+none)},
		{name: "a state in another case", source: "dcs_job", ask: args{"status_map": args{"DONE": "Succeeded"}}, want: invalid("status_map.DONE", `status_map["DONE"]`, `"Succeeded"`+none)},
		{name: "a state that no word can have", source: "dcs_job", ask: args{"status_map": args{"DONE": "missing"}}, want: invalid("status_map.DONE", `status_map["DONE"]`, `"missing"`+none)},
		{name: "an empty word", source: "dcs_job", ask: args{"status_map": args{"": "succeeded"}}, want: invalid("status_map", "status_map", "a key is empty. An absent status cannot be classified.")},
		{
			name: "a word in two cases", source: "dcs_job", ask: args{"status_map": args{"Done": "succeeded", "DONE": "failed"}},
			want: invalid("status_map.Done", `status_map["Done"]`, `the keys "DONE" and "Done" differ only in case. Keep one of them: words are compared without regard to case.`),
		},
	}
}

func mistakenFilters() []mistake {
	const form = " is no time. Use RFC 3339, for example 2020-06-09T16:00:00Z, or yyyyMMddHHmmss in UTC, for example 20200609160000."
	tasks := "dcs_background_tasks"
	least := func(name string, least, got int) fault {
		return fault{Summary: "Invalid Attribute Value", Detail: fmt.Sprintf("Attribute %s value must be at least %d, got: %d", name, least, got), At: name}
	}
	return []mistake{
		{name: "a negative limit", source: tasks, ask: args{"limit": -1}, want: least("limit", 1, -1)},
		{name: "a limit of none", source: tasks, ask: args{"limit": 0}, want: least("limit", 1, 0)},
		{name: "a negative offset", source: tasks, ask: args{"offset": -1}, want: least("offset", 0, -1)},
		{name: "an empty start", source: tasks, ask: args{"start_time": ""}, want: invalid("start_time", "start_time", `""`+form)},
		{name: "a start without a zone", source: tasks, ask: args{"start_time": "2020-06-09 16:00:00"}, want: invalid("start_time", "start_time", `"2020-06-09 16:00:00"`+form)},
		{name: "an end that no calendar has", source: tasks, ask: args{"end_time": "20200631000000"}, want: invalid("end_time", "end_time", `"20200631000000"`+form)},
		{name: "an end with too many digits", source: tasks, ask: args{"end_time": "20200609160000.5"}, want: invalid("end_time", "end_time", `"20200609160000.5"`+form)},
		{
			name: "an end before the start", source: tasks, ask: args{"start_time": "20200609160001", "end_time": "2020-06-09T18:00:00+02:00"},
			want: invalid("end_time", "end_time", "2020-06-09T18:00:00+02:00 is before start_time, 20200609160001. Exchange the two."),
		},
		{name: "a creation time that is none", source: "cce_snapshot_tasks", ask: args{"created_after": "20231125090000"}, want: invalid("created_after", "created_after", `"20231125090000" is no time. Use RFC 3339, for example 2023-11-25T09:00:00Z.`)},
	}
}

func mistakenSettings() []mistake {
	const places = "Set both in the same source: access_key and secret_key in the provider block, or the environment variables " +
		"HW_ACCESS_KEY and HW_SECRET_KEY, HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or CLOUD_SDK_AK and CLOUD_SDK_SK."
	rows := []mistake{
		{name: "no region", settings: args{"region": nil}, want: fault{
			Summary: "Missing region",
			Detail:  "This read needs a region. Set region in the data source or in the provider block, or the variable HW_REGION_NAME.",
		}},
		{name: "a key without a secret", settings: args{"secret_key": nil}, want: fault{
			Summary: "Incomplete credentials", Detail: "access_key is set, but secret_key is not. " + places, At: "secret_key",
		}},
		{name: "a secret without a key", settings: args{"access_key": nil}, want: fault{
			Summary: "Incomplete credentials", Detail: "secret_key is set, but access_key is not. " + places, At: "access_key",
		}},
		{name: "a region that is none", settings: args{"region": "cn north"}, want: fault{
			Summary: "Invalid provider argument region", At: "region",
			Detail: `The provider argument region (environment variable HW_REGION_NAME) is invalid: "cn north" cannot be part of a host name. The value comes from the provider block.`,
		}},
		{name: "an unknown endpoint", settings: args{"endpoints": args{"ecs": "https://ecs.example.com"}}, want: fault{
			Summary: "Unknown key in endpoints", Detail: `The key "ecs" in endpoints is not a service. Use one of dcs, dws, cce, iam, sts.`, At: "endpoints.ecs",
		}},
	}
	for i := range rows {
		rows[i].source = "dcs_job"
	}
	return rows
}
