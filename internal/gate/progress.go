// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"fmt"
	"sync"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// heartbeat is the longest time without a line: a user must see that a wait is
// alive, also during a long interval or request.
const heartbeat = 30 * time.Second

// reporter reports the progress of a wait: each change, and at least one line
// per heartbeat.
type reporter struct {
	report func(line string)
	start  time.Time

	mu      sync.Mutex // guards all below, and keeps the lines in order
	text    string     // of the last line, without the time
	timer   *time.Timer
	stopped bool
}

// startReporter sends a first line; without a receiver it does nothing.
func startReporter(report func(string), name string) *reporter {
	r := &reporter{report: report, start: time.Now(), text: "Waiting for " + name}
	if report == nil {
		return r
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	report(r.text)
	r.timer = time.AfterFunc(heartbeat, r.repeat)
	return r
}

// update sends a line unless it repeats the last one.
func (r *reporter) update(text string) {
	if r.report == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if text != r.text {
		r.text = text
		r.send()
	}
}

func (r *reporter) repeat() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.stopped {
		r.send()
	}
}

func (r *reporter) send() {
	r.report(fmt.Sprintf("%s (waited %s)", r.text, task.FormatDuration(time.Since(r.start))))
	r.timer.Reset(heartbeat)
}

// stop sends a last line, unless it is empty, and ends the reports.
func (r *reporter) stop(line string) {
	if r.report == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	r.timer.Stop()
	if line != "" {
		r.report(line)
	}
}
