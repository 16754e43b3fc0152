// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// scenario is a long wait with the keys of an agency, which IAM issues for a
// quarter of an hour.
type scenario struct {
	what     string // in the guide's words
	handling handling
	name     string
	issued   []fakecloud.Keys               // in this order
	events   map[int]func(*fakecloud.Cloud) // by the minute

	requests int    // to IAM for keys, successful or not
	rejected int    // requests to the service that return 401
	summary  string // of the error, "" for none
}

// The job of a scenario runs for fifty minutes, with a poll each minute. Nothing
// is retried, so that no random delay shifts a poll.
const scenarioLength = 50 * time.Minute

func scenarios() []scenario {
	var keys []fakecloud.Keys
	for n := range 10 {
		keys = append(keys, fakecloud.Keys{AccessKey: fmt.Sprint("FAKEISSUED", n), SecretKey: fmt.Sprint("fake-issued-secret-", n), SecurityToken: fmt.Sprint("fake-issued-token-", n)})
	}
	same := keys[:1]
	type events = map[int]func(*fakecloud.Cloud)
	revoke := func(c *fakecloud.Cloud) { c.Revoke(keys[0].AccessKey) }
	back := func(c *fakecloud.Cloud) { c.Fail(fakecloud.SecurityTokensPath) }
	fails := func(status int, body string) func(*fakecloud.Cloud) {
		return func(c *fakecloud.Cloud) {
			c.Fail(fakecloud.SecurityTokensPath, fakecloud.Fault{Status: status, Body: body, Times: -1})
		}
	}
	away := fails(http.StatusServiceUnavailable, "")
	forbidden := fails(http.StatusForbidden, `{"error":{"code":403,"message":"Not any more.","title":"Forbidden"}}`)
	const expire, reject, unreachable = "Temporary credentials are about to expire", "Temporary credentials are rejected", "IAM is unavailable when credentials are refreshed"
	return []scenario{
		// Keys are refreshed five minutes before they expire: in the minutes 10, 20, …
		{what: expire, handling: refreshed, name: "to others", issued: keys, requests: 5},
		{what: expire, handling: refreshed, name: "to the same, which last longer", issued: same, requests: 5},
		{what: reject, handling: refreshed, name: "for others", issued: keys, events: events{5: revoke}, requests: 6, rejected: 1},
		{
			what: "Credentials are rejected, and there are no others", handling: permanent, name: "for the same", issued: same, events: events{5: revoke},
			requests: 2, rejected: 1, summary: "Unable to read DCS job",
		},
		// In vain in the minutes 10 to 13, with success in 14, 24, 34, and 44.
		{what: unreachable, handling: transient, name: "while the old ones are valid", issued: keys, events: events{9: away, 14: back}, requests: 1 + 4 + 4},
		// In vain in the minutes 10 to 19, with success in 20, 30, and 40.
		{what: unreachable, handling: transient, name: "until after the old ones expired", issued: keys, events: events{9: away, 20: back}, requests: 1 + 10 + 3},
		// The old ones are valid until minute 15.
		{what: "IAM refuses to refresh credentials", handling: permanent, name: "once the old ones expired", issued: keys, events: events{9: forbidden}, requests: 1 + 6, summary: "Unable to get credentials"},
	}
}

func TestCredentials_areRefreshedDuringAWait(t *testing.T) {
	t.Parallel()
	quotes := quotesOf(t)
	for _, s := range scenarios() {
		t.Run(s.what+"/"+s.name, func(t *testing.T) {
			t.Parallel()
			cloud := fakecloud.New(providertest.Keys())
			got := s.read(t, cloud)
			requests, rejected := 0, 0
			for _, r := range cloud.Requests() {
				switch {
				case r.Path == fakecloud.SecurityTokensPath:
					requests++
				case r.Status == http.StatusUnauthorized:
					rejected++
				}
			}
			testkit.Diff(t, "requests for keys", s.requests, requests)
			testkit.Diff(t, "rejected requests", s.rejected, rejected)
			if s.summary == "" {
				testkit.Diff(t, "succeeded", any(true), got.State["succeeded"])
				return
			}
			if len(got.Diagnostics) != 1 || got.Diagnostics[0].Summary != s.summary {
				t.Fatalf("the errors are %+v, want %q", got.Diagnostics, s.summary)
			}
			quotes[s.what].find(t, got.Diagnostics[0].Detail)
			for _, keys := range s.issued {
				if text := fmt.Sprint(got.Diagnostics); strings.Contains(text, keys.SecretKey) || strings.Contains(text, keys.SecurityToken) {
					t.Errorf("the error includes a secret: %s", text)
				}
			}
		})
	}
}

func (s scenario) read(t *testing.T, cloud *fakecloud.Cloud) (got providertest.ReadResult) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud.AddAgency(fakecloud.Agency{Name: "agency", DomainName: "other", Issuer: fakecloud.Issuer{Keys: s.issued, Lifetime: 15 * time.Minute}})
		job := providertest.SourceNamed("dcs_job")
		done := job.In("succeeded")
		done.After = scenarioLength - time.Minute
		cloud.Serve(job.Path(), job.In("running"), done)
		for minute, event := range s.events {
			time.AfterFunc(time.Duration(minute)*time.Minute-time.Second, func() { event(cloud) })
		}
		agency := args{"assume_role": []args{{"agency_name": "agency", "domain_name": "other"}}}
		got = connect(t, cloud.Transport(), agency).Read(t, job.Name,
			job.Args.With(args{"wait_for": "success", "poll_interval": "1m", "timeouts": args{"read": (2 * scenarioLength).String()}}))
	})
	return got
}
