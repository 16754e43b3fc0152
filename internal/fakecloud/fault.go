// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Kind is the way in which a Fault spoils an answer.
type Kind int

const (
	// Reply sends Status, Header and Body instead of the normal answer. With none
	// of the three, the normal answer comes after all, only Delay later.
	Reply Kind = iota
	// Reset cuts the connection before the first byte. Over a socket, the
	// standard library's client quietly repeats a GET whose kept-alive connection
	// breaks like this; a client with DisableKeepAlives does not.
	Reset
	// Truncate announces a longer body than Body and cuts the connection after
	// it.
	Truncate
	// Hang answers nothing until the client leaves.
	Hang
	// HangInBody sends the header and Body, and then nothing until the client
	// leaves.
	HangInBody
	// Endless sends the header and Body, and then blanks for ever.
	Endless
)

// Fault is a mishap of one request. The zero Fault does no harm: it lets a
// request pass before the next fault strikes.
type Fault struct {
	Kind   Kind
	Times  int           // how many requests it strikes: 0 stands for 1, -1 for all
	Delay  time.Duration // comes before anything else
	Status int           // 0 stands for 200
	Header http.Header
	Body   string
}

// Fail plans faults for the next requests of exactly this path, whatever the
// method, or of any path if it is "". They strike in their order, after those
// that are planned already, and those of the path before those of any path.
// Without faults, Fail heals the path.
//
// Every fault strikes before the authentication, and before the clock of a
// timeline starts.
func (c *Cloud) Fail(path string, faults ...Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(faults) == 0 {
		delete(c.faults, path)
		return
	}
	c.faults[path] = append(c.faults[path], faults...)
}

// strike takes the next fault for a request of this path.
func (c *Cloud) strike(path string) (Fault, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range []string{path, ""} {
		planned := c.faults[key]
		if len(planned) == 0 {
			continue
		}
		next := planned[0]
		switch {
		case next.Times > 1:
			planned[0].Times--
		case next.Times >= 0:
			c.faults[key] = planned[1:]
		}
		return next, true
	}
	return Fault{}, false
}

// harmless faults delay at most.
func (f Fault) harmless() bool {
	return f.Kind == Reply && f.Status == 0 && f.Header == nil && f.Body == ""
}

func (f Fault) happen(w http.ResponseWriter, r *http.Request) {
	answer := Response{Status: f.Status, Header: f.Header, Body: f.Body}
	switch f.Kind {
	case Reply:
		answer.write(w)
	case Reset:
		reset(w)
	case Truncate:
		answer.writeHeader(w, int64(len(f.Body))+1)
		begin(w, f.Body)
		panic(http.ErrAbortHandler)
	case Hang:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case HangInBody:
		answer.writeHeader(w, -1)
		begin(w, f.Body)
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case Endless:
		answer.writeHeader(w, -1)
		begin(w, f.Body)
		for blanks := strings.Repeat(" ", 4<<10); ; {
			if _, err := io.WriteString(w, blanks); err != nil {
				panic(http.ErrAbortHandler)
			}
		}
	}
}

// begin makes sure that the client has the header and the beginning of a body.
func begin(w http.ResponseWriter, body string) {
	// Errors mean that the client has left, which is where a fault ends anyway.
	_, _ = io.WriteString(w, body)
	_ = http.NewResponseController(w).Flush()
}

// reset makes the peer see "connection reset" where there is a TCP connection
// to reset; elsewhere, in HTTP/2 and in process, it aborts.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = secure.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // closing then sends a reset instead of a farewell
	}
	_ = conn.Close()
}

// wait pauses; a client that leaves meanwhile gets no answer.
func wait(ctx context.Context, delay time.Duration) {
	if delay <= 0 {
		return
	}
	pause := time.NewTimer(delay)
	defer pause.Stop()
	select {
	case <-pause.C:
	case <-ctx.Done():
		panic(http.ErrAbortHandler)
	}
}
