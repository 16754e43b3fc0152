// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"path"
	"strings"
	"time"
)

// Script is the true life of one task, and how the service deviates from it.
type Script struct {
	// Steps are the task's true states. Before the first one, it does not exist.
	Steps []Step

	// Hidden is when the API reports the task as missing, although it goes through
	// its steps all the same.
	Hidden []Span

	// Missing is how the API reports a missing task; nil stands for the response of
	// the service.
	Missing *Response

	Quirks []QuirkSpan
}

// TaskTruth is the truth about a task at some time.
type TaskTruth struct {
	ID    string
	State State // "" before the task exists

	Listed       bool // the API returns it
	Deleted      bool // the API never returns it again
	Contradicted bool // a list has two records of it, with different states
	Returned     bool // a response of a list that reports the truth has returned it
}

// truthAt returns the truth about a task.
func truthAt(id string, steps []Step, hidden []Span, p position) TaskTruth {
	step, exists := currentStep(steps, p)
	t := TaskTruth{ID: id, State: step.State, Listed: exists && !anyContains(hidden, p)}
	for _, span := range hidden {
		t.Deleted = t.Deleted || exists && span.Until == Moment{} && span.From.reached(p)
	}
	return t
}

// ScriptedTask is a Script that is served.
type ScriptedTask struct {
	cloud   *Cloud
	route   route
	id      string
	script  Script
	change  func(object) object
	history history
}

// ServeScript serves a script at the path of a single task, such as JobPath. Tests
// compare results with its Truth.
func (c *Cloud) ServeScript(path string, script Script) *ScriptedTask {
	return c.serveScript(path, script, &clock{}, func(o object) object { return o })
}

func (c *Cloud) serveScript(at string, script Script, clock *clock, change func(object) object) *ScriptedTask {
	task := &ScriptedTask{
		cloud: c, route: scripted(at, false), id: path.Base(strings.TrimSuffix(at, "/progress")),
		script: script, change: change, history: history{clock: clock},
	}
	c.serve(at, task)
	return task
}

// Truth returns the truth at a time, after all responses sent by then.
func (t *ScriptedTask) Truth(at time.Time) TaskTruth {
	t.cloud.mu.Lock()
	defer t.cloud.mu.Unlock()
	return truthAt(t.id, t.script.Steps, t.script.Hidden, t.history.at(at))
}

func (t *ScriptedTask) respond(*http.Request, time.Duration) (Response, bool) {
	p := t.history.next()
	step, exists := currentStep(t.script.Steps, p)
	if !exists || anyContains(t.script.Hidden, p) {
		if t.script.Missing != nil {
			return *t.script.Missing, true
		}
		return t.route.missing, true
	}
	api := t.route.api
	return report{
		api: api, id: t.id,
		truth: t.change(api.report(t.id, step)),
		claim: t.change(api.report(t.id, Step{State: Succeeded})),
	}.respond(t.script.Quirks, p), true
}

// upperFirst and longS are names that differ only in case.
func upperFirst(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

func longS(name string) string { return strings.ReplaceAll(name, "s", "ſ") }
