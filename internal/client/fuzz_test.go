// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// FuzzAPIs: whatever the body, no task has succeeded without a status of success
// that another decoder finds in it, and the error is one of a request or of a list.
func FuzzAPIs(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `{"job_id":"` + jobID + `","status":"SUCCESS"}`, `{"task_count":1,"tasks":[{"id":"a","status":"SUCCESS","created_at":"2020-06-17T08:18:06.597Z"},{}]}`, `{"tasks":[null,{"details":null}]}`,
		`{"action_name":"GROWING","status":"SUCCESS"}`, `{"kind":"List","items":[{"metadata":{"uid":"a"},"status":{"phase":"Success"}}]}`, `{"progress":100,"step_details":[{"step_status":"FINISH"}]}`,
		`{"snapshot":{"id":"` + taskID + `","status":"AVAILABLE"}}`, `{"kind":"Job","metadata":{"uid":"` + jobID + `"},"status":{"phase":"Success"}}`, `{"task_count":0,"tasks":[]}`,
		fakecloud.ExampleDCSTaskProgress, fakecloud.ExampleDWSClusterAction, fakecloud.ExampleCCEJob, fakecloud.ExampleCCESnapshotTasks, fakecloud.ExampleDCSBackgroundTasks,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		synctest.Test(t, func(t *testing.T) {
			for _, a := range apis() {
				o, err := a.respond(t, fakecloud.Response{Body: body}, nil)
				var (
					request    *transport.Error
					incomplete *IncompleteListError
				)
				if err != nil && !errors.As(err, &request) && !errors.As(err, &incomplete) {
					t.Errorf("%s: the error for %q is %v", a.name, body, err)
				}
				if err == nil && o.State == task.Succeeded && !claimsSuccess(body, a.statuses) {
					t.Errorf("%s: %q has succeeded", a.name, body)
				}
			}
		})
	})
}

// claimsSuccess reports whether a JSON object has a status of success anywhere.
func claimsSuccess(body string, statuses task.StatusMap) bool {
	decoder := json.NewDecoder(strings.NewReader(body))
	for {
		token, err := decoder.Token()
		if err != nil {
			return false
		}
		if text, ok := token.(string); ok && statuses.State(text) == task.Succeeded {
			return true
		}
	}
}

// FuzzCCETime: a time that can be read is the one that is written, by its offset
// and not by the name of its zone.
func FuzzCCETime(f *testing.F) {
	for _, seed := range []string{
		"2023-11-25 17:03:46.739012 +0800 CST", "2023-11-25 17:03:46.739012 +0800 CST m=+0.5", "2023-11-25 17:03:46 +0000 UTC", "2023-11-25T09:03:46Z",
		"2023-11-25T09:03:46.739012+08:00", "0001-01-01 00:00:00 +0000 UTC", "2023-02-30 00:00:00 +0000 UTC", "2023-11-25 17:03:46", "17:03:46 2023-11-25 +0800", "", " ", "\u00a0",
	} {
		f.Add(seed, int64(1700902226), int64(739012000), 8*60*60)
	}
	f.Fuzz(func(t *testing.T, text string, seconds, nanos int64, offset int) {
		if read := ParseCCETime(text); !read.IsZero() {
			if again := ParseCCETime(read.String()); !again.Equal(read) || read.Year() < 2000 {
				t.Errorf("%q is read as %s, and that as %s", text, read, again)
			}
			if !strings.Contains(text, read.Format("2006-01-02")) || !strings.Contains(text, read.Format(":04:05")) {
				t.Errorf("%q is read as %s", text, read)
			}
		}
		offset = offset % (14 * 60) * 60 // whole minutes, as zones have
		for _, zone := range []string{"CST", "", "+0530"} {
			written := time.Unix(seconds%(1<<37), nanos%1e9).In(time.FixedZone(zone, offset))
			if read := ParseCCETime(written.String()); written.Year() >= 2000 && written.Year() <= 9999 && !read.Equal(written) {
				t.Errorf("%s is read as %s", written, read)
			}
		}
	})
}

// FuzzDCSTime: whatever times a success and a failure have, the latest is known
// to have succeeded only if both times can be read and the success is later. A
// window never drops a task whose time cannot be read.
func FuzzDCSTime(f *testing.F) {
	for _, seed := range [][2]string{
		{"2020-06-17T08:18:06.597Z", "2020-06-17T16:18:06.597+08:00"},
		{"2020-06-17T08:18:06Z", ""},
		{"", ""},
		{"20200617081806", "yesterday"},
		{"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"},
		{"2020-06-17T24:00:00Z", "2020-06-17 08:18:06"},
		{"2020-06-17T08:18:06,5Z", "2020-06-17T08:18:60Z"},
		{"1999-12-31T23:59:59Z", "2000-01-01T00:00:00+23:00"},
	} {
		f.Add(seed[0], seed[1], "2020-06-17T08:18:06Z")
	}
	f.Fuzz(func(t *testing.T, first, second, bound string) {
		at := func(text string) (time.Time, bool) {
			parsed, err := time.Parse(time.RFC3339Nano, strings.ToValidUTF8(text, "\ufffd"))
			return parsed, err == nil && parsed.Year() >= 2000
		}
		read := func(query DCSBackgroundTaskQuery) DCSBackgroundTasks {
			query.InstanceID = instanceID
			cloud := newCloud()
			cloud.Serve(dcsBackgroundTasks.path, fakecloud.Response{Body: `{"task_count":2,"tasks":[{"id":"well","status":"SUCCESS","created_at":` + quoted(first) + `},{"id":"bad","status":"FAILED","created_at":` + quoted(second) + `}]}`})
			list, err := project(t, newClient(cloud.Transport())).DCSBackgroundTasks(t.Context(), query)
			diff(t, "error", nil, err)
			return list
		}
		wellAt, wellDated := at(first)
		badAt, badDated := at(second)
		latest := read(DCSBackgroundTaskQuery{Latest: true}).Observe(DCSBackgroundTaskStatuses)
		if latest.Succeeded() != (wellDated && badDated && wellAt.After(badAt)) || (latest.State == task.Unknown) != (!wellDated || !badDated) {
			t.Errorf("of a success at %q and a failure at %q the latest is %s", first, second, latest.State)
		}
		from, err := ParseDCSWindow(bound)
		if err != nil || from.UTC().Year() < 1 || from.UTC().Year() > 9998 {
			return
		}
		if again, err := ParseDCSWindow(from.UTC().Format(windowFormat)); err != nil || !again.Equal(from.Truncate(time.Second)) {
			t.Errorf("the bound %q is sent as one of %s (%v)", bound, again, err)
		}
		for id, kept := range map[string]bool{"well": !wellDated || !wellAt.Before(from), "bad": !badDated || !badAt.Before(from)} {
			if got := strings.Contains(" "+idsOf(read(DCSBackgroundTaskQuery{From: from}).Tasks())+" ", " "+id+" "); got != kept {
				t.Errorf("%s is selected from %q on: %t", id, bound, got)
			}
		}
	})
}

func TestParseDCSWindow(t *testing.T) {
	utc := time.Date(2020, time.June, 9, 16, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"20200609160000": utc, "2020-06-09T16:00:00Z": utc, "2020-06-09T18:00:00+02:00": utc, "2020-06-09T16:00:00.25Z": utc.Add(250 * time.Millisecond),
		"": {}, "20200609": {}, "202006091600000": {}, "20200609160000.5": {}, "20201309160000": {}, "2020-06-09 16:00:00": {}, "2020-06-09T16:00:00": {}, "1591718400": {},
	} {
		got, err := ParseDCSWindow(text)
		diff(t, text, want, got.UTC())
		diff(t, "error", want.IsZero(), err != nil)
	}
}
