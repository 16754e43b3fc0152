// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// world is a random truth: one to four tasks, and an API that reports them
// unreliably. It is the reference: a gate that passes is right only if the tasks are
// in fact finished, succeeded, or idle, whatever the gate has received.
//
// No rule can help against an API that lies forever, so the unreliability has
// limits, and the rules of evidence suffice exactly within them:
//
//   - a status may be older than it is, but is never newer;
//   - a task may be hidden for less than a poll interval, and not again before
//     the next read but one: two reads in a row never miss the same task;
//   - a plain read of a list may miss the tasks behind a page at all times, but
//     then none of them is ever hidden from a confirming read;
//   - a task that was returned unfinished may be hidden for any time, and its
//     record may be deleted;
//   - an action that has failed has its failure record within 13 s. Either the
//     cluster names the action until then, or the action is hidden for at most
//     13 s before: less than 30 s taken together.
type world struct {
	*rand.Rand
	start   time.Time
	target  gate.Target
	options gate.Options
	tasks   []*fact
	paged   bool // a plain read misses all tasks but the first
	names   bool // the cluster names a running action
	errors  bool // some polls fail
}

// fact is the truth of one task, and how the API hides it.
type fact struct {
	id                string
	created, finishes time.Duration
	result            task.State
	hidden, visible   time.Duration // for how long, in turn
	phase             time.Duration // of that when it is created
	outage            time.Duration // until when it is hidden once it was returned unfinished
	returned          bool
	absentReads       int // in a row, since it was returned
	absentSince       time.Duration
}

const (
	longestPoll = 500 * time.Millisecond
	recordDelay = 13 * time.Second // until a failed action has its failure record
)

func (w *world) between(low, high time.Duration) time.Duration {
	return low + time.Duration(w.Int64N(int64(high-low)+1))
}

func (w *world) now() time.Duration { return time.Since(w.start) }

func newWorld(number uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(7, number)), start: time.Now()}
	interval := time.Duration(1+w.IntN(15)) * time.Second
	w.errors = w.IntN(2) == 0
	w.options = gate.Options{
		WaitFor:      []gate.WaitFor{gate.Completion, gate.Success, gate.Idle}[w.IntN(3)],
		OnMissing:    []gate.OnMissing{gate.MissingIsError, gate.MissingIsPending}[w.IntN(2)],
		PollInterval: interval, Timeout: w.between(interval+time.Second, 4*time.Minute),
	}
	count := 1 + w.IntN(4)
	switch w.IntN(4) {
	case 0:
		count, w.target = 1, job
	case 1:
		count, w.target, w.names = 1, action, w.IntN(2) == 0
		w.options.OnMissing = []gate.OnMissing{gate.MissingIsError, gate.MissingIsPending, gate.MissingIsSucceeded, gate.MissingIsSucceeded}[w.IntN(4)]
		w.target.Traces = &gate.Traces{FailureRecord: w.failureRecord, Cluster: w.cluster}
	default:
		w.target, w.paged = tasks, w.IntN(3) == 0
		w.target.Confirm = func(ctx context.Context) (task.Observation, error) { return w.poll(ctx, true) }
	}
	if !isList(w.target) && w.options.WaitFor == gate.Idle {
		w.options.WaitFor = gate.Success
	}
	w.target.Poll = func(ctx context.Context) (task.Observation, error) { return w.poll(ctx, false) }
	for i := range count {
		w.tasks = append(w.tasks, w.newFact(i, interval))
	}
	return w
}

func (w *world) newFact(i int, interval time.Duration) *fact {
	f := &fact{id: string(rune('a' + i)), result: task.Succeeded}
	if w.IntN(6) == 0 {
		f.result = task.Failed
	}
	if i > 0 && w.IntN(3) == 0 { // one that is created during the wait
		f.created = w.between(0, 30*time.Second)
	}
	f.finishes = f.created + w.between(0, 90*time.Second)
	if w.IntN(3) == 0 { // done before
		f.finishes = f.created
	}
	switch {
	case w.paged && i > 0 || w.IntN(3) == 0: // never hidden
	case isList(w.target):
		f.hidden = w.between(1, interval-1)
	default:
		f.hidden = w.between(1, recordDelay)
	}
	// The first read after a hidden one is at most interval + longestPoll later.
	f.visible = interval + longestPoll + w.between(1, interval)
	if !isList(w.target) {
		f.visible = time.Minute
	}
	if f.created == 0 { // long ago
		f.phase = w.between(0, f.hidden+f.visible)
	}
	return f
}

// hides reports whether the API hides a task.
func (w *world) hides(f *fact) bool {
	now := w.now()
	if now < f.created || now < f.outage {
		return true
	}
	if w.target.Traces != nil && now >= f.finishes {
		return true // a finished action is listed nowhere, or under another name
	}
	return f.hidden > 0 && (now-f.created+f.phase)%(f.hidden+f.visible) >= f.visible
}

// state is the true state of a task at some time.
func (f *fact) state(at time.Duration) task.State {
	switch {
	case at >= f.finishes:
		return f.result
	case at < f.created+(f.finishes-f.created)/4:
		return task.Pending
	default:
		return task.Running
	}
}

// reported is the state that the API reports, which may be older than the truth.
func (w *world) reported(f *fact) task.State {
	if w.IntN(4) == 0 {
		return f.state(max(f.created, w.now()-w.between(0, 20*time.Second)))
	}
	return f.state(w.now())
}

// take lets a request take its time, which may end in an error.
func (w *world) take(ctx context.Context) error {
	if err := task.Sleep(ctx, w.between(0, longestPoll)); err != nil {
		return err
	}
	if w.errors && w.now() > longestPoll && w.IntN(4) == 0 {
		return errAway
	}
	return nil
}

func (w *world) poll(ctx context.Context, confirm bool) (task.Observation, error) {
	if err := w.take(ctx); err != nil {
		return task.Observation{}, err
	}
	var parts []task.Part
	var states []task.State
	for i, f := range w.tasks {
		if w.hides(f) || w.paged && i > 0 && !confirm {
			f.noteAbsent(w.now())
			continue
		}
		state := w.reported(f)
		f.absentReads = 0
		if !state.Finished() {
			f.returned = true
			if (w.target.Traces == nil || w.names) && w.IntN(5) == 0 { // an outage, or a deleted record
				f.outage = w.now() + []time.Duration{w.between(0, time.Minute), time.Hour}[w.IntN(2)]
			}
		}
		parts = append(parts, task.Part{ID: f.id, Name: f.id, State: state})
		states = append(states, state)
	}
	o := task.Observation{State: task.FoldTasks(states), Tasks: parts}
	o.Busy = o.State.Busy()
	switch {
	case isList(w.target):
		return o, nil
	case len(parts) == 0:
		return task.Observation{}, errNone
	default:
		return task.Observation{State: states[0]}, nil
	}
}

func (f *fact) noteAbsent(now time.Duration) {
	if f.absentReads == 0 {
		f.absentSince = now
	}
	f.absentReads++
}

func (w *world) failureRecord(ctx context.Context) (task.Observation, error) {
	if err := w.take(ctx); err != nil {
		return task.Observation{}, err
	}
	if f := w.tasks[0]; f.result == task.Failed && w.now() >= f.finishes+recordDelay {
		return task.Observation{State: task.Failed}, nil
	}
	return missing, nil
}

func (w *world) cluster(ctx context.Context) (task.Observation, error) {
	if err := w.take(ctx); err != nil {
		return task.Observation{}, err
	}
	f := w.tasks[0]
	until := f.finishes
	if f.result == task.Failed {
		until += recordDelay
	}
	if w.names && w.now() < until {
		return task.Observation{State: task.Running, Inferred: true}, nil
	}
	return missing, nil
}
