// SPDX-License-Identifier: MPL-2.0

package gate

import (
	"fmt"
	"sync"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// heartbeat is how long a wait is silent at most: long work must show that it
// lives, also while a pause or a request takes its time.
const heartbeat = 30 * time.Second

// progress tells someone how a wait goes: each change of state or percentage,
// and at least one line for each heartbeat.
type progress struct {
	report  func(line string)
	begin time.Time

	mu   sync.Mutex // guards all below, and keeps the lines in order
	text string     // of the last line, without the time
	beat *time.Timer
	over bool
}

// start begins to tell, if there is anybody to tell.
func start(tell func(string), name string) *progress {
	p := &progress{report: tell, begin: time.Now(), text: "Waiting for " + name}
	if tell == nil {
		return p
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	tell(p.text)
	p.beat = time.AfterFunc(heartbeat, p.repeat)
	return p
}

// found tells what a look has found, unless that was told already.
func (p *progress) update(name string, o task.Observation) {
	if p.report == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if text := fmt.Sprintf("%s: %s", named(name, o), standing(o)); text != p.text {
		p.text = text
		p.send()
	}
}

// again tells the last line once more.
func (p *progress) repeat() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		p.send()
	}
}

func (p *progress) send() {
	p.report(fmt.Sprintf("%s (%s so far)", p.text, task.Rounded(time.Since(p.begin))))
	p.beat.Reset(heartbeat)
}

// end is the last line; after it nothing is told any more. "" is none.
func (p *progress) end(line string) {
	if p.report == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	p.beat.Stop()
	if line != "" {
		p.report(line)
	}
}
