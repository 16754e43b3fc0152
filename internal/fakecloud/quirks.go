// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"slices"
)

// Quirk is a response with status 200 that deviates from the documents.
type Quirk struct {
	Name string

	// Believable responses still report the true state of the task. All others
	// are not evidence, and most of them claim that it succeeded.
	Believable bool

	fits  func(taskAPI) bool
	apply func(report) Response
}

// QuirkSpan is when a quirk applies.
type QuirkSpan struct {
	Span
	Quirk Quirk
}

// report is the true response, and one that claims success.
type report struct {
	api          taskAPI
	id           string
	truth, claim object
}

// respond applies the first quirk that is due.
func (r report) respond(quirks []QuirkSpan, p position) Response {
	quirk, due := dueQuirk(quirks, p)
	if !due {
		return Response{Body: encode(r.truth)}
	}
	return quirk.apply(r)
}

// dueQuirk returns the first quirk that is due, false if there is none.
func dueQuirk(quirks []QuirkSpan, p position) (Quirk, bool) {
	i := slices.IndexFunc(quirks, func(q QuirkSpan) bool { return q.contains(p) })
	if i < 0 {
		return Quirk{}, false
	}
	return quirks[i].Quirk, true
}

// Quirks returns the quirks that the API at a path can have.
func Quirks(path string) []Quirk {
	found, _ := findRoute(http.MethodGet, path)
	all := slices.Concat(bodyQuirks(), taskQuirks(), cceQuirks())
	return slices.DeleteFunc(all, func(q Quirk) bool { return q.fits != nil && !q.fits(found.api) })
}

// AnotherRun is a task of a DWS cluster with the same name that was submitted at
// another time, and has succeeded.
func AnotherRun(submitTime string) Quirk {
	return Quirk{Name: "another run", apply: claiming(func(_ report, o object) object {
		return o.with([]string{"submit_time"}, submitTime)
	})}
}

// fixed is a body that does not depend on the task.
func fixed(body string) func(report) Response {
	return func(report) Response { return Response{Body: body} }
}

// claiming changes the response that claims success, truthful the true one.
func claiming(change func(report, object) object) func(report) Response {
	return func(r report) Response { return Response{Body: encode(change(r, r.claim))} }
}

func truthful(change func(report, object) object) func(report) Response {
	return func(r report) Response { return Response{Body: encode(change(r, r.truth))} }
}

func aged(seconds string, body func(report) object) func(report) Response {
	return func(r report) Response {
		return Response{Header: http.Header{"Age": {seconds}}, Body: encode(body(r))}
	}
}

// bodyQuirks are those that any response can have.
func bodyQuirks() []Quirk {
	const message = "backend unavailable"
	errorCode := func(r report) string { return r.api.service + ".5000" }
	successCode := func(r report) field { return field{"error_code", r.api.service + ".0000"} }
	return []Quirk{
		{Name: "empty body", apply: fixed("")},
		{Name: "null", apply: fixed("null")},
		{Name: "empty object", apply: fixed("{}")},
		{Name: "portal", apply: fixed(`{"status":"success","data":null}`)},
		{Name: "error message", apply: fixed(`{"error_msg":"` + message + `"}`)},
		{Name: "other error message", apply: fixed(`{"externalMessage":"` + message + `"}`)},
		{Name: "plain message", apply: fixed(`{"message":"` + message + `"}`)},
		{Name: "error message beside the task", apply: claiming(func(_ report, o object) object {
			return append(o, field{"error_msg", message})
		})},
		{Name: "error code beside the task", apply: claiming(func(r report, o object) object {
			return append(o, field{"errCode", errorCode(r)})
		})},
		{Name: "success code and error code beside the task", apply: claiming(func(r report, o object) object {
			return append(o, successCode(r), field{"errorCode", errorCode(r)})
		})},
		{Name: "success code beside the task", Believable: true, apply: truthful(func(r report, o object) object {
			return append(o, successCode(r), field{"error_msg", "success"})
		})},
		{Name: "unknown fields", Believable: true, apply: truthful(func(_ report, o object) object {
			return append(object{{"new_field", object{{"status", "SUCCESS"}}}}, o...)
		})},
		{Name: "array", apply: func(r report) Response { return Response{Body: encode([]object{r.claim})} }},
		{Name: "trailing data", apply: func(r report) Response { return Response{Body: encode(r.claim) + "]"} }},
		{Name: "second document", apply: func(r report) Response { return Response{Body: encode(r.claim) + "\n" + encode(r.truth)} }},
		{Name: "old response of a cache", apply: aged("604800", func(r report) object { return r.claim })},
		{Name: "recent response of a cache", Believable: true, apply: aged("5", func(r report) object { return r.truth })},
	}
}

// taskQuirks are those of a response about one task.
func taskQuirks() []Quirk {
	single := func(a taskAPI) bool { return a.list == noList && a.body != nil }
	named := func(a taskAPI) bool { return single(a) && a.identity != nil }
	last := func(path []string) string { return path[len(path)-1] }
	status := func(r report, name string) field { return field{name, r.api.statuses[Succeeded]} }
	return []Quirk{
		{Name: "another task", fits: named, apply: claiming(func(r report, o object) object {
			return o.with(r.api.identity, "another-"+r.id)
		})},
		{Name: "no task named", fits: named, apply: claiming(func(r report, o object) object { return o.without(r.api.identity) })},
		{Name: "task named in another type", fits: named, apply: claiming(func(r report, o object) object {
			return o.with(r.api.identity, []string{r.id})
		})},
		{Name: "null fields", fits: single, apply: claiming(func(_ report, o object) object {
			for _, f := range o {
				o = o.with([]string{f.name}, nil)
			}
			return o
		})},
		// A task without a status gets one of null: alone, the other would be credible.
		{Name: "duplicate status, truth last", fits: single, apply: truthful(func(r report, o object) object {
			return o.withNull(r.api.status).before(r.api.status, status(r, last(r.api.status)))
		})},
		{Name: "duplicate status, truth first", fits: single, apply: truthful(func(r report, o object) object {
			return o.withNull(r.api.status).after(r.api.status, status(r, last(r.api.status)))
		})},
		{Name: "status in another case", fits: single, apply: claiming(func(r report, o object) object {
			return o.rename(r.api.status, upperFirst(last(r.api.status)))
		})},
		{Name: "status in another case beside the status", Believable: true, fits: single, apply: truthful(func(r report, o object) object {
			return o.after(r.api.status, status(r, upperFirst(last(r.api.status))))
		})},
		// Unicode case folding makes ſ an s.
		{Name: "status in another alphabet beside the status", Believable: true, fits: single, apply: truthful(func(r report, o object) object {
			return o.after(r.api.status, status(r, longS(last(r.api.status))))
		})},
		{Name: "odd types", Believable: true, fits: single, apply: truthful(func(r report, o object) object {
			return r.api.withOddTypes(o)
		})},
	}
}

// cceQuirks are about the kind of an object.
func cceQuirks() []Quirk {
	cce := func(a taskAPI) bool { return a.service == "CCE" }
	return []Quirk{
		{Name: "Status object", fits: cce, apply: fixed(`{"kind":"Status","apiVersion":"v1","metadata":{},"message":"backend unavailable"}`)},
		{Name: "Status object with a task", fits: cce, apply: claiming(func(_ report, o object) object {
			return append(o.with([]string{"kind"}, "Status"), field{"message", "backend unavailable"})
		})},
		{Name: "another kind", fits: cce, apply: claiming(func(_ report, o object) object { return o.with([]string{"kind"}, "Node") })},
	}
}
