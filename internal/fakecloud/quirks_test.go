// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// quirky serves a running task with each quirk of the API in turn, and returns
// the bodies and the Age headers by the quirk's name.
func quirky(t *testing.T, path string) (bodies map[string]string, ages map[string]string) {
	t.Helper()
	bodies, ages = map[string]string{}, map[string]string{}
	for _, quirk := range fakecloud.Quirks(path) {
		cloud := newCloud()
		cloud.ServeScript(path, fakecloud.Script{
			Steps:  []fakecloud.Step{{State: fakecloud.Running}},
			Quirks: []fakecloud.QuirkSpan{{Span: fakecloud.Span{Until: fakecloud.Moment{Requests: 1}}, Quirk: quirk}},
		})
		response, header := sendForHeader(t, cloud, request(t, "GET", host+path, ""))
		bodies[quirk.Name] = response.Body
		if age := header.Get("Age"); age != "" {
			ages[quirk.Name] = age
		}
		if response == get(t, cloud, path) && ages[quirk.Name] == "" {
			t.Errorf("%s: changes nothing, or does not end", quirk.Name)
		}
	}
	return bodies, ages
}

func TestQuirks_ofADCSJob(t *testing.T) {
	const (
		rest    = `"begin_time":"1684191545379","end_time":"1684191548248","fail_reason":null`
		head    = `"job_id":"T","job_type":"masterStandbySwapJob",`
		running = head + `"status":"RUNNING",` + rest
		success = head + `"status":"SUCCESS",` + rest
	)
	bodies, ages := quirky(t, fakecloud.JobPath(project, "T"))
	diff(t, "ages", map[string]string{"old response of a cache": "604800", "recent response of a cache": "5"}, ages)
	diff(t, "bodies", map[string]string{
		"empty body":                    "",
		"null":                          "null",
		"empty object":                  "{}",
		"portal":                        `{"status":"success","data":null}`,
		"error message":                 `{"error_msg":"backend unavailable"}`,
		"other error message":           `{"externalMessage":"backend unavailable"}`,
		"plain message":                 `{"message":"backend unavailable"}`,
		"error message beside the task": "{" + success + `,"error_msg":"backend unavailable"}`,
		"error code beside the task":    "{" + success + `,"errCode":"DCS.5000"}`,
		"success code and error code beside the task":  "{" + success + `,"error_code":"DCS.0000","errorCode":"DCS.5000"}`,
		"success code beside the task":                 "{" + running + `,"error_code":"DCS.0000","error_msg":"success"}`,
		"unknown fields":                               `{"new_field":{"status":"SUCCESS"},` + running + "}",
		"array":                                        "[{" + success + "}]",
		"trailing data":                                "{" + success + "}]",
		"second document":                              "{" + success + "}\n{" + running + "}",
		"old response of a cache":                      "{" + success + "}",
		"recent response of a cache":                   "{" + running + "}",
		"another task":                                 strings.Replace("{"+success+"}", `"T"`, `"another-T"`, 1),
		"no task named":                                strings.Replace("{"+success+"}", `"job_id":"T",`, "", 1),
		"task named in another type":                   strings.Replace("{"+success+"}", `"T"`, `["T"]`, 1),
		"null fields":                                  `{"job_id":null,"job_type":null,"status":null,"begin_time":null,"end_time":null,"fail_reason":null}`,
		"duplicate status, truth last":                 `{"status":"SUCCESS",` + running + "}",
		"duplicate status, truth first":                "{" + running + `,"status":"SUCCESS"}`,
		"status in another case":                       strings.Replace("{"+success+"}", "status", "Status", 1),
		"status in another case beside the status":     "{" + running + `,"Status":"SUCCESS"}`,
		"status in another alphabet beside the status": "{" + running + `,"ſtatuſ":"SUCCESS"}`,
		"odd types":                                    `{"job_id":"T","job_type":7,"status":"RUNNING","begin_time":{},"end_time":false,"fail_reason":null}`,
	}, bodies)
}

func TestQuirks_reachNestedFields(t *testing.T) {
	for name, api := range scriptable {
		bodies, _ := quirky(t, api.path)
		running, success := api.statuses[1], api.statuses[2]
		for quirk, want := range map[string]string{
			"unknown fields": running, "recent response of a cache": running, "odd types": running,
			"status in another case beside the status": running, "old response of a cache": success,
			"duplicate status, truth last": running, "duplicate status, truth first": success, // encoding/json takes the last
		} {
			diff(t, name+": "+quirk, want, at(t, bodies[quirk], api.status...))
		}
		_, named := bodies["another task"]
		diff(t, name+" names its task", api.identity != nil, named)
		if named {
			diff(t, name+": another task", "another-T", at(t, bodies["another task"], api.identity...))
		}
		_, cce := bodies["Status object"]
		diff(t, name+" has a kind", strings.HasPrefix(name, "CCE"), cce)
		if cce {
			diff(t, "Status object", `{"kind":"Status","apiVersion":"v1","metadata":{},"message":"backend unavailable"}`, bodies["Status object"])
			diff(t, "Status object with a task", "Status", at(t, bodies["Status object with a task"], "kind"))
			diff(t, "another kind", "Node", at(t, bodies["another kind"], "kind"))
		}
	}
}

// TestQuirks_duplicateOfAnAbsentStatus must not be a clean response that claims
// success: no client could detect it.
func TestQuirks_duplicateOfAnAbsentStatus(t *testing.T) {
	for _, path := range []string{fakecloud.JobPath(project, "T"), fakecloud.CCEJobPath(project, "T"), fakecloud.DWSSnapshotPath(project, "T")} {
		for _, quirk := range fakecloud.Quirks(path) {
			if !strings.HasPrefix(quirk.Name, "duplicate status") {
				continue
			}
			cloud := newCloud()
			cloud.ServeScript(path, fakecloud.Script{
				Steps:  []fakecloud.Step{{State: fakecloud.Unknown, Status: "-"}},
				Quirks: []fakecloud.QuirkSpan{{Quirk: quirk}},
			})
			body := get(t, cloud, path).Body
			name := `"status":`
			if strings.Contains(path, "/api/") {
				name = `"phase":`
			}
			diff(t, quirk.Name+" "+body, 2, strings.Count(strings.Replace(body, `"status":{`, "", 1), name))
		}
	}
}
