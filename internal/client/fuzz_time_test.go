// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// FuzzCCETime: a time that can be read is the one that is written, by its offset
// and not by the name of its zone, and none is read that nobody wrote.
func FuzzCCETime(f *testing.F) {
	for _, seed := range []string{
		"2023-11-25 17:03:46.739012 +0800 CST", "2023-11-25 17:03:46.739012 +0800 CST m=+0.5", "2023-11-25 17:03:46 +0000 UTC", "2023-11-25T09:03:46Z",
		"2023-11-25T09:03:46.739012+08:00", "0001-01-01 00:00:00 +0000 UTC", "2023-02-30 00:00:00 +0000 UTC", "2023-11-25 17:03:46", "17:03:46 2023-11-25 +0800", "", " ", "\u00a0",
	} {
		f.Add(seed, int64(1700902226), int64(739012000), 8*60*60)
	}
	f.Fuzz(func(t *testing.T, text string, seconds, nanos int64, offset int) {
		if read, err := ParseCCETime(text); err == nil {
			again, err := ParseCCETime(read.String())
			if err != nil || !again.Equal(read) {
				t.Errorf("%q is read as %s, and that as %s (%v)", text, read, again, err)
			}
			if !strings.Contains(text, read.Format("2006-01-02")) || !strings.Contains(text, read.Format(":04:05")) {
				t.Errorf("%q is read as %s", text, read)
			}
		}
		offset = offset % (14 * 60) * 60 // whole minutes, as zones have
		for _, zone := range []string{"CST", "", "+0530"} {
			written := time.Unix(seconds%(1<<37), nanos%1e9).In(time.FixedZone(zone, offset))
			if written.Year() < 1 || written.Year() > 9999 {
				continue
			}
			if read, err := ParseCCETime(written.String()); err != nil || !read.Equal(written) {
				t.Errorf("%s is read as %s (%v)", written, read, err)
			}
		}
	})
}

// FuzzDCSTime: whatever times a list of tasks has, asking for the latest never
// empties it, never drops a task that may be it, and never turns what nobody
// knows into success; no window drops a task whose time cannot be read.
func FuzzDCSTime(f *testing.F) {
	for _, seed := range [][2]string{
		{"2020-06-17T08:18:06.597Z", "2020-06-17T16:18:06.597+08:00"},
		{"2020-06-17T08:18:06Z", ""},
		{"", ""},
		{"20200617081806", "yesterday"},
		{"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"},
		{"2020-06-17T24:00:00Z", "2020-06-17 08:18:06"},
		{"2020-06-17T08:18:06,5Z", "2020-06-17T08:18:60Z"},
	} {
		f.Add(seed[0], seed[1], "2020-06-17T08:18:06Z")
	}
	f.Fuzz(func(t *testing.T, first, second, bound string) {
		dated := func(id, status, created string) DCSBackgroundTask {
			return read[DCSBackgroundTask](t, `{"id":`+quoted(id)+`,"status":`+quoted(status)+`,"created_at":`+quoted(created)+`}`)
		}
		well, bad := dated("well", "SUCCESS", first), dated("bad", "FAILED", second)
		wellAt, wellErr := time.Parse(time.RFC3339Nano, well.CreatedAt.String())
		badAt, badErr := time.Parse(time.RFC3339Nano, bad.CreatedAt.String())
		list := DCSBackgroundTasks{Tasks: []DCSBackgroundTask{well, bad}}
		list.keepLatest()
		sure := wellErr == nil && badErr == nil && wellAt.After(badAt)
		if o := list.Observe(DCSBackgroundTaskStatuses); o.Succeeded() != sure {
			t.Errorf("of a success at %q and a failure at %q the latest is %s", first, second, o.State)
		}
		if (wellErr != nil || badErr != nil) != (list.Observe(DCSBackgroundTaskStatuses).State == task.Unknown) || len(list.Tasks) == 0 {
			t.Errorf("of %q and %q %d tasks are left", first, second, len(list.Tasks))
		}

		at, err := ParseDCSWindow(bound)
		if err != nil {
			return
		}
		if again, err := ParseDCSWindow(at.UTC().Format(windowFormat)); at.UTC().Year() >= 0 && at.UTC().Year() <= 9999 && (err != nil || !again.Equal(at.Truncate(time.Second))) {
			t.Errorf("the bound %q is sent as one of %s (%v)", bound, again, err)
		}
		for _, query := range []DCSBackgroundTaskQuery{{From: at}, {To: at}} {
			if wellErr != nil && !query.matches(well) {
				t.Errorf("the time %q is dropped by %+v", first, query)
			}
		}
		if wellErr == nil && !(DCSBackgroundTaskQuery{From: at}).matches(well) && !(DCSBackgroundTaskQuery{To: at}).matches(well) {
			t.Errorf("%q is neither before nor after %q", first, bound)
		}
	})
}
