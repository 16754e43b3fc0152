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
)

// story is a long wait with the keys of an agency, which IAM lends for a
// quarter of an hour.
type story struct {
	what    string // in the guide's words
	conduct conduct
	name    string
	lends   []fakecloud.Keys               // one after the other
	events  map[int]func(*fakecloud.Cloud) // by the minute in which they happen

	loans   int    // how often IAM is asked for keys, successfully or not
	refused int    // how many requests to the service are refused with 401
	summary string // of the error, "" for none
	tells   string // in its detail, and quoted by the guide
}

// The job of a story runs for fifty minutes, and is looked at every minute.
// Nothing is retried, lest a pause by chance shift the looks.
const storyLength = 50 * time.Minute

func stories() []story {
	lent := func(number int) fakecloud.Keys {
		return fakecloud.Keys{AccessKey: fmt.Sprint("FAKELENT", number), SecretKey: fmt.Sprint("fake-lent-secret-", number), SecurityToken: fmt.Sprint("fake-lent-token-", number)}
	}
	var many []fakecloud.Keys
	for number := range 10 {
		many = append(many, lent(number))
	}
	revoke := func(c *fakecloud.Cloud) { c.Revoke(lent(0).AccessKey) }
	answer := func(f fakecloud.Fault) func(*fakecloud.Cloud) {
		return func(c *fakecloud.Cloud) { c.Fail(fakecloud.SecurityTokensPath, f) }
	}
	away := answer(fakecloud.Fault{Status: http.StatusServiceUnavailable, Times: -1})
	back := func(c *fakecloud.Cloud) { c.Fail(fakecloud.SecurityTokensPath) }
	forbids := answer(fakecloud.Fault{Status: http.StatusForbidden, Body: `{"error":{"code":403,"message":"Not any more.","title":"Forbidden"}}`, Times: -1})
	const expire, refuse, unreachable = "Temporary keys are about to expire", "Temporary keys are refused", "IAM cannot be reached when keys are to be renewed"
	return []story{
		// Five minutes before their end they are renewed: in the minutes 10, 20 …
		{what: expire, conduct: renews, name: "others are lent", lends: many, loans: 5},
		{what: expire, conduct: renews, name: "the same are lent for longer", lends: many[:1], loans: 5},
		{what: refuse, conduct: renews, name: "others are lent", lends: many, events: map[int]func(*fakecloud.Cloud){5: revoke}, loans: 6, refused: 1},
		{
			what: "Keys are refused, and there are no others", conduct: lasts, name: "the same are lent again", lends: many[:1], events: map[int]func(*fakecloud.Cloud){5: revoke},
			loans: 2, refused: 1, summary: "Unable to read DCS job", tells: "Check access_key and secret_key",
		},
		{
			what: unreachable, conduct: passes, name: "while the old ones serve", lends: many, events: map[int]func(*fakecloud.Cloud){9: away, 14: back},
			loans: 1 + 4 + 4, // in vain in the minutes 10 to 13, with success in 14, 24, 34, 44
		},
		{
			what: unreachable, conduct: passes, name: "after the old ones have expired", lends: many, events: map[int]func(*fakecloud.Cloud){9: away, 20: back},
			loans: 1 + 10 + 3, // in vain in the minutes 10 to 19, with success in 20, 30, 40
		},
		{
			what: "IAM refuses to renew keys", conduct: lasts, name: "once the old ones have expired", lends: many, events: map[int]func(*fakecloud.Cloud){9: forbids},
			loans:   1 + 6, // the old ones serve to their end: it is asked in the minutes 10 to 15
			summary: "Unable to get credentials", tells: "No credentials could be had from the agency",
		},
	}
}

func TestKeys_areRenewedDuringAWait(t *testing.T) {
	t.Parallel()
	for _, s := range stories() {
		t.Run(s.what+"/"+s.name, s.run)
	}
}

func (s story) run(t *testing.T) {
	t.Parallel()
	var got reading
	cloud := fakecloud.New(keys)
	synctest.Test(t, func(t *testing.T) {
		cloud.AddAgency(fakecloud.Agency{Name: "lender", DomainName: "other", Issuer: fakecloud.Issuer{Keys: s.lends, Lifetime: 15 * time.Minute}})
		job := jobs()
		cloud.Serve(job.path, fakecloud.Response{Body: job.running}, fakecloud.Response{After: storyLength - time.Minute, Body: job.done})
		for minute, event := range s.events {
			time.AfterFunc(time.Duration(minute)*time.Minute-time.Second, func() { event(cloud) })
		}
		lender := settings().With(args{"max_retries": 0, "assume_role": []args{{"agency_name": "lender", "domain_name": "other"}}})
		ask := job.ask.With(args{"wait_for": "success", "poll_interval": "1m", "timeouts": args{"read": (2 * storyLength).String()}})
		got = connect(t, cloud.Transport(), lender).Read(t, job.source, ask)
	})
	loans, refused := 0, 0
	for _, r := range cloud.Requests() {
		switch {
		case r.Path == fakecloud.SecurityTokensPath:
			loans++
		case r.Status == http.StatusUnauthorized:
			refused++
		}
	}
	diff(t, "loans", s.loans, loans)
	diff(t, "refusals", s.refused, refused)
	s.compare(t, got)
}

func (s story) compare(t *testing.T, got reading) {
	t.Helper()
	if s.summary == "" {
		diff(t, "succeeded", any(true), got.State["succeeded"])
		return
	}
	if len(got.Diagnostics) != 1 || got.Diagnostics[0].Summary != s.summary || !strings.Contains(got.Diagnostics[0].Detail, s.tells) {
		t.Errorf("the errors are %+v, want %q that tells %q", got.Diagnostics, s.summary, s.tells)
	}
	for _, keys := range s.lends {
		if told := fmt.Sprint(got.Diagnostics); strings.Contains(told, keys.SecretKey) || strings.Contains(told, keys.SecurityToken) {
			t.Errorf("the error holds a secret: %s", told)
		}
	}
}
