// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/json"
	"testing"
	"time"
)

// read decodes a body as an answer of T.
func read[T any](t *testing.T, body string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

func ids(tasks []DCSBackgroundTask) []string {
	var all []string
	for _, t := range tasks {
		all = append(all, t.ID.String())
	}
	return all
}

func TestDCSPage_isTheLastIfItIsShortAndAllAreCounted(t *testing.T) {
	for _, test := range []struct {
		name        string
		body        string
		size, known int
		want        bool
	}{
		{"short and all counted", `{"task_count":2,"tasks":[{"id":"a"},{"id":"b"}]}`, 10, 2, true},
		{"counted as text", `{"task_count":"2","tasks":[{"id":"b"}]}`, 10, 2, true},
		{"empty and all counted", `{"task_count":2,"tasks":[]}`, 10, 2, true},
		{"none at all", `{"task_count":0,"tasks":[]}`, 10, 0, true},
		{"full, for the count may be stale", `{"task_count":2,"tasks":[{"id":"a"},{"id":"b"}]}`, 2, 2, false},
		{"more than was asked for", `{"task_count":3,"tasks":[{"id":"a"},{"id":"b"},{"id":"c"}]}`, 2, 3, false},
		{"short, for the limit may be capped", `{"task_count":9,"tasks":[{"id":"a"}]}`, 10, 1, false},
		{"more known than counted", `{"task_count":1,"tasks":[{"id":"b"}]}`, 10, 2, false},
		{"no count", `{"tasks":[{"id":"a"}]}`, 10, 1, false},
		{"a count of null", `{"task_count":null,"tasks":[{"id":"a"}]}`, 10, 1, false},
		{"half a task", `{"task_count":1.5,"tasks":[{"id":"a"}]}`, 10, 1, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := read[dcsBackgroundTasksPage](t, test.body)
			diff(t, "last", test.want, page.isLast(test.size, test.known))
		})
	}
}

func TestDCSPage_knowsATaskByItsIDOrElseByAllOfIt(t *testing.T) {
	for _, test := range []struct {
		name         string
		first, again string
		fresh        int // of the tasks of both pages
	}{
		{"the same id", `{"id":"a","status":"EXECUTING"}`, `{"id":"a","status":"SUCCESS"}`, 1},
		{"another id", `{"id":"a"}`, `{"id":"b"}`, 2},
		{"an id in another case", `{"id":"a"}`, `{"id":"A"}`, 2},
		{"an id as a number", `{"id":7}`, `{"id":"7"}`, 1},
		{"no id, the same content", `{"name":"EXTEND","details":{"new_port":1}}`, `{"details":{"new_port":1},"name":"EXTEND"}`, 1},
		{"no id, another content", `{"name":"EXTEND"}`, `{"name":"BindEip"}`, 2},
		{"no id, other details", `{"details":{"new_port":1}}`, `{"details":{"new_port":2}}`, 2},
		{"an empty id is none", `{"id":"","name":"EXTEND"}`, `{"id":"","name":"BindEip"}`, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			known := make(map[string]bool)
			count := 0
			for _, body := range []string{test.first, test.again} {
				page := read[dcsBackgroundTasksPage](t, `{"tasks":[`+body+`]}`)
				count += len(page.newTasks(known))
			}
			diff(t, "fresh tasks", test.fresh, count)
			diff(t, "known tasks", test.fresh, len(known))
		})
	}
}

func TestDCSPage_keepsOneOfTwoInTheSamePage(t *testing.T) {
	page := read[dcsBackgroundTasksPage](t, `{"tasks":[{"id":"b"},{"id":"a"},{"id":"b"},{"id":"c"}]}`)
	diff(t, "fresh tasks", []string{"b", "a", "c"}, ids(page.newTasks(map[string]bool{"c": false})))
	diff(t, "fresh tasks", []string{"b", "a"}, ids(page.newTasks(map[string]bool{"c": true})))
}

func TestDCSTaskQuery_matchesWhatItAsksFor(t *testing.T) {
	at := func(text string) time.Time {
		bound, err := ParseDCSWindow(text)
		if err != nil {
			t.Fatal(err)
		}
		return bound
	}
	from, to := at("20200617081806"), at("2020-06-17T10:18:07.5+02:00")
	for _, test := range []struct {
		name  string
		query DCSBackgroundTaskQuery
		task  string
		want  bool
	}{
		{"all", DCSBackgroundTaskQuery{}, `{}`, true},
		{"the id", DCSBackgroundTaskQuery{TaskID: "a"}, `{"id":"a"}`, true},
		{"another id", DCSBackgroundTaskQuery{TaskID: "a"}, `{"id":"ab"}`, false},
		{"the id in another case", DCSBackgroundTaskQuery{TaskID: "a"}, `{"id":"A"}`, false},
		{"no id", DCSBackgroundTaskQuery{TaskID: "a"}, `{}`, false},
		{"the name in another case", DCSBackgroundTaskQuery{Name: "extend"}, `{"name":"EXTEND"}`, true},
		{"another name", DCSBackgroundTaskQuery{Name: "extend"}, `{"name":"EXTENDED"}`, false},
		{"no name", DCSBackgroundTaskQuery{Name: "extend"}, `{}`, false},
		{"the id but not the name", DCSBackgroundTaskQuery{TaskID: "a", Name: "x"}, `{"id":"a","name":"y"}`, false},
		{"before the window", DCSBackgroundTaskQuery{From: from}, `{"created_at":"2020-06-17T08:18:05.999Z"}`, false},
		{"at its beginning", DCSBackgroundTaskQuery{From: from}, `{"created_at":"2020-06-17T08:18:06.000Z"}`, true},
		{"in its first second", DCSBackgroundTaskQuery{From: from.Add(900 * time.Millisecond)}, `{"created_at":"2020-06-17T08:18:06.100Z"}`, true},
		{"in its last second", DCSBackgroundTaskQuery{From: from, To: to}, `{"created_at":"2020-06-17T08:18:07.999Z"}`, true},
		{"after it", DCSBackgroundTaskQuery{To: to}, `{"created_at":"2020-06-17T08:18:08.000Z"}`, false},
		{"within it by another zone", DCSBackgroundTaskQuery{From: from, To: to}, `{"created_at":"2020-06-17T16:18:07+08:00"}`, true},
		{"outside by another zone", DCSBackgroundTaskQuery{From: from, To: to}, `{"created_at":"2020-06-17T08:18:07+08:00"}`, false},
		{"in the window, but not the name", DCSBackgroundTaskQuery{From: from, Name: "x"}, `{"created_at":"2020-06-17T08:18:07Z","name":"y"}`, false},
		{"without a time", DCSBackgroundTaskQuery{From: from, To: to}, `{}`, true},
		{"with an empty time", DCSBackgroundTaskQuery{From: from, To: to}, `{"created_at":""}`, true},
		{"with a time of another form", DCSBackgroundTaskQuery{From: from, To: to}, `{"created_at":"2019-01-01 00:00:00"}`, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "match", test.want, test.query.matches(read[DCSBackgroundTask](t, test.task)))
		})
	}
}

func TestParseDCSWindow_readsTwoForms(t *testing.T) {
	utc := time.Date(2020, time.June, 9, 16, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		text string
		want time.Time // zero if it is none
	}{
		{"20200609160000", utc},
		{"2020-06-09T16:00:00Z", utc},
		{"2020-06-09T18:00:00+02:00", utc},
		{"2020-06-09T16:00:00.25Z", utc.Add(250 * time.Millisecond)},
		{"", time.Time{}},
		{"20200609", time.Time{}},
		{"202006091600000", time.Time{}},
		{"20200609160000.5", time.Time{}},
		{"20201309160000", time.Time{}},
		{"2020-06-09 16:00:00", time.Time{}},
		{"2020-06-09T16:00:00", time.Time{}},
		{"1591718400", time.Time{}},
	} {
		t.Run(test.text, func(t *testing.T) {
			got, err := ParseDCSWindow(test.text)
			diff(t, "time", test.want, got.UTC())
			if test.want.IsZero() {
				diff(t, "error", `"`+test.text+`" is no time`, err.Error())
			}
		})
	}
}

func TestKeepLatest_keepsAllThatMayBeTheLatest(t *testing.T) {
	const (
		early   = `{"id":"early","created_at":"2020-06-17T08:18:06.597Z"}`
		late    = `{"id":"late","created_at":"2020-06-17T08:18:06.598Z"}`
		zoned   = `{"id":"zoned","created_at":"2020-06-17T16:18:06.597+08:00"}`
		twin    = `{"id":"twin","created_at":"2020-06-17T08:18:06.598Z"}`
		undated = `{"id":"undated"}`
		odd     = `{"id":"odd","created_at":"yesterday"}`
	)
	for _, test := range []struct {
		name    string
		tasks   string
		want    []string
		undated string
	}{
		{"none", ``, nil, ""},
		{"one", early, []string{"early"}, ""},
		{"the newest first", late + "," + early, []string{"late"}, ""},
		{"the newest last", early + "," + late, []string{"late"}, ""},
		{"by the time, not by the text", zoned + "," + late, []string{"late"}, ""},
		{"two of the same time", early + "," + late + "," + twin, []string{"late", "twin"}, ""},
		{"one without a time", early + "," + undated + "," + late, []string{"undated", "late"}, "undated"},
		{"one with an odd time", odd + "," + early, []string{"odd", "early"}, "odd"},
		{"all without a time", undated + "," + odd, []string{"undated", "odd"}, "odd"},
	} {
		t.Run(test.name, func(t *testing.T) {
			list := DCSBackgroundTasks{Tasks: read[[]DCSBackgroundTask](t, `[`+test.tasks+`]`)}
			list.keepLatest()
			diff(t, "tasks", test.want, ids(list.Tasks))
			undated := ""
			if list.undated != nil {
				undated = list.undated.ID.String()
			}
			diff(t, "undated", test.undated, undated)
		})
	}
}
