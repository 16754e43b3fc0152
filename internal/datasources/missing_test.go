// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"fmt"
	"net/http"
	"slices"
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
	Idle      any // nil if the source is no list
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
		var idle, excused any // of a list
		if s.Shape == providertest.List {
			idle, excused = false, true
		}
		cloud := newCloud()
		server := connect(t, cloud, nil)
		for i, response := range s.Missing {
			cloud.Serve(s.Path(), response)
			for onMissing, want := range map[string]outcome{
				"error":     {State: s.Noun + " not found"},
				"pending":   {"missing", s.ID, false, idle},
				"succeeded": {"missing", s.ID, true, excused},
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

// TestMissing_isNothingElse crosses the sources with all other responses of
// status 404: that of another service, of a missing cluster, of the gateway.
func TestMissing_isNothingElse(t *testing.T) {
	t.Parallel()
	refused := func(code string) string { return providertest.Refused(http.StatusNotFound, code).Body }
	bodies := []string{
		refused("11140407"), refused("1114040700"), refused("222404070"), refused("XDCS.4070"), `{"error_msg":"DCS.4070 DWS.0025"}`,
		refused("DWS.0047"), refused("DWS.3027"), refused("DWS.0015"), refused("DWS.0001"), refused("CCE.01404001"),
		refused("APIGW.0101"), refused("APIG.0101"), refused("IAM.0004"), `{"message":"API not found","request_id":""}`,
		"<html>DCS.4070 DWS.0025</html>", `{}`, `null`, `[{"error_code":"DCS.4070"}]`, "",
	}
	for _, s := range providertest.Sources() {
		for _, missing := range s.Missing {
			if missing.Status == http.StatusNotFound {
				bodies = append(bodies, missing.Body)
			}
		}
	}
	synctest.Test(t, func(t *testing.T) { // the rate limit takes no time
		for _, s := range providertest.Sources() {
			anyOtherIsAnError(t, s, bodies)
		}
	})
}

func anyOtherIsAnError(t *testing.T, s providertest.Source, bodies []string) {
	t.Helper()
	cloud := newCloud()
	server := connect(t, cloud, nil)
	for _, body := range bodies {
		if slices.ContainsFunc(s.Missing, func(r fakecloud.Response) bool { return r.Body == body }) {
			continue
		}
		cloud.Serve(s.Path(), fakecloud.Response{Status: http.StatusNotFound, Body: body})
		got := server.Read(t, s.Name, s.Task().With(args{"on_missing": "pending"}))
		testkit.Diff(t, s.Name+" "+body, "Unable to read "+s.Noun, summary(got))
	}
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
