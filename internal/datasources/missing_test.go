// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// outcome is what depends on a missing task.
type outcome struct {
	State, ID string // or the summary of an error
	Succeeded bool
	Idle      any // nil if the source is not a list
}

func outcomeOf(got providertest.ReadResult) outcome {
	id, _ := got.State["id"].(string)
	return outcome{State: summary(got), ID: id, Succeeded: got.State["succeeded"] == true, Idle: got.State["idle"]}
}

// TestMissing_isWhatOnMissingSays reads each response that means that there is
// no such task.
func TestMissing_isWhatOnMissingSays(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		var idle any // of a list: a task that may still appear is busy
		if s.Shape == providertest.List {
			idle = false
		}
		cloud := newCloud()
		server := connect(t, cloud, nil)
		for i, response := range s.Missing {
			cloud.Serve(s.Path(), s.Response(response))
			for onMissing, want := range map[string]outcome{
				"error":   {State: s.Noun + " not found"},
				"pending": {"missing", s.ID, false, idle},
			} {
				got := server.Read(t, s.Name, s.Task().With(args{"on_missing": onMissing}))
				testkit.Diff(t, fmt.Sprintf("%s, response %d, %s", s.Name, i, onMissing), want, outcomeOf(got))
			}
			if s.Shape == providertest.List {
				testkit.Diff(t, s.Name+", any task", outcome{"missing", s.ID, false, true}, outcomeOf(server.Read(t, s.Name, s.Args)))
			}
		}
	}
}

// TestMissing_isNothingElse reads the responses by which other services report a
// missing task, and those of other servers on the way. The codes of a service
// itself are tested in package client.
func TestMissing_isNothingElse(t *testing.T) {
	t.Parallel()
	const text = "The task, job, action, or snapshot does not exist."
	refused := func(code string) string { return `{"error_code":"` + code + `","error_msg":"` + text + `"}` }
	bodies := map[string][]string{"": {
		refused("11140407"), refused("1114041330"), refused("222404133"), refused("XDCS.4133"), `{"error_msg":"DCS.4133 DWS.0025 ` + text + `"}`,
		refused("APIGW.0101"), refused("APIG.0101"), refused("IAM.0004"), `{"message":"API not found","request_id":""}`, `{"message":"` + text + `"}`,
		"<html>DCS.4133 DWS.0025 " + text, `{}`, `null`, `[` + refused("DCS.4133") + `]`, "",
	}}
	for _, s := range providertest.Sources() {
		for _, missing := range s.Missing {
			if missing.Status != 0 {
				bodies[s.Service] = append(bodies[s.Service], missing.Body)
			}
		}
	}
	synctest.Test(t, func(t *testing.T) { // the rate limit takes no time
		for _, s := range providertest.Sources() {
			cloud := newCloud()
			server := connect(t, cloud, nil)
			for service, others := range bodies {
				for _, body := range others {
					if service == s.Service {
						continue
					}
					cloud.Serve(s.Path(), fakecloud.Response{Status: http.StatusNotFound, Body: body})
					got := server.Read(t, s.Name, s.Task().With(args{"on_missing": "pending"}))
					testkit.Diff(t, s.Name+" "+body, "Unable to read "+s.Noun, summary(got))
				}
			}
		}
	})
}

func TestMissing_appearsWhileWaiting(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				done := s.In("succeeded")
				done.After = time.Minute
				cloud.Serve(s.Path(), s.In("missing"), done)
				testkit.Diff(t, "pending", "succeeded", summary(read(t, cloud, s, waiting(s.Task()).With(args{"on_missing": "pending"}))))
				cloud.Serve(s.Path(), s.In("missing"))
				testkit.Diff(t, "pending for good", "Timed out waiting for "+s.Noun, summary(read(t, cloud, s, waiting(s.Task()).With(args{"on_missing": "pending"}))))
			})
		})
	}
}
