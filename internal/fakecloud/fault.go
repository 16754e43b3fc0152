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

// Kind is what a Fault does instead of the normal response.
type Kind int

const (
	// Reply sends Status, Header, and Body. With none of the three, it sends the
	// normal response, only after Delay.
	Reply Kind = iota
	// Reset closes the connection before the first byte. Over a socket, Go's HTTP
	// client silently repeats a GET whose reused connection breaks like this; a
	// client with DisableKeepAlives does not.
	Reset
	// Truncate sends a Content-Length larger than Body and closes the connection
	// after Body.
	Truncate
	// Hang sends nothing until the client disconnects.
	Hang
	// HangInBody sends the header and Body, and then nothing until the client
	// disconnects.
	HangInBody
	// Endless sends the header and Body, and then spaces forever.
	Endless
)

// Fault is the failure of one request. The zero Fault does nothing: it lets one
// request pass before the next fault.
type Fault struct {
	Kind   Kind
	Times  int           // number of requests that fail; 0 stands for 1, -1 for all
	Delay  time.Duration // before anything else
	Status int           // 0 stands for 200
	Header http.Header
	Body   string
}

// Fail queues faults for the next requests for exactly this path, with any
// method, or for any path if it is "". Faults happen in order, after those
// already queued; those of the path happen before those of any path. Without
// faults, Fail clears the queue of the path.
//
// A fault happens before authentication, and before the clock of a timeline
// starts.
func (c *Cloud) Fail(path string, faults ...Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(faults) == 0 {
		delete(c.faults, path)
		return
	}
	c.faults[path] = append(c.faults[path], faults...)
}

// nextFault removes the next fault for this path from its queue.
func (c *Cloud) nextFault(path string) (Fault, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range []string{path, ""} {
		queue := c.faults[key]
		if len(queue) == 0 {
			continue
		}
		next := queue[0]
		switch {
		case next.Times > 1:
			queue[0].Times--
		case next.Times >= 0:
			c.faults[key] = queue[1:]
		}
		return next, true
	}
	return Fault{}, false
}

// onlyDelays reports whether the normal response follows.
func (f Fault) onlyDelays() bool {
	return f.Kind == Reply && f.Status == 0 && f.Header == nil && f.Body == ""
}

func (f Fault) apply(w http.ResponseWriter, r *http.Request) {
	response := Response{Status: f.Status, Header: f.Header, Body: f.Body}
	switch f.Kind {
	case Reply:
		response.write(w)
	case Reset:
		reset(w)
	case Truncate:
		response.writeHeader(w, int64(len(f.Body))+1)
		flush(w, f.Body)
		panic(http.ErrAbortHandler)
	case Hang:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case HangInBody:
		response.writeHeader(w, -1)
		flush(w, f.Body)
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case Endless:
		response.writeHeader(w, -1)
		flush(w, f.Body)
		for spaces := strings.Repeat(" ", 4<<10); ; {
			if _, err := io.WriteString(w, spaces); err != nil {
				panic(http.ErrAbortHandler)
			}
		}
	}
}

// flush makes sure that the client receives the header and the beginning of a
// body.
func flush(w http.ResponseWriter, body string) {
	// An error means that the client has disconnected, which ends a fault anyway.
	_, _ = io.WriteString(w, body)
	_ = http.NewResponseController(w).Flush()
}

// reset makes the client see "connection reset" if there is a TCP connection.
// Without one (HTTP/2, in process), it aborts.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = secure.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // Close then sends RST instead of FIN
	}
	_ = conn.Close()
}

// wait aborts the response if the client disconnects during the delay.
func wait(ctx context.Context, delay time.Duration) {
	if delay <= 0 {
		return
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		panic(http.ErrAbortHandler)
	}
}
