// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// Transport connects to the cloud in process, whatever the host of the request.
// It has no socket, so it works in a testing/synctest bubble, where a read from a
// socket would stop the virtual clock.
//
// Like http.Transport, it ends a request with its context in every phase and
// leaves no goroutine behind a closed body. It adds neither User-Agent nor
// Accept-Encoding.
func (c *Cloud) Transport() http.RoundTripper { return transport{cloud: c} }

type transport struct {
	cloud *Cloud
}

func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		defer request.Body.Close()
	}
	if request.Context().Err() != nil {
		return nil, context.Cause(request.Context())
	}
	ctx, cancel := context.WithCancel(request.Context())
	received, err := receive(ctx, request)
	if err != nil {
		cancel()
		return nil, err
	}
	x := newExchange(cancel)
	go x.run(ctx, t.cloud, received)

	// The cloud's delays end with the context, so this does too, and no handler
	// outlives its request.
	<-x.responded
	if x.status != 0 {
		return x.response(request), nil
	}
	<-x.ended
	if request.Context().Err() != nil {
		return nil, context.Cause(request.Context())
	}
	return nil, &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
}

// receive returns the request as a server would receive it.
func receive(ctx context.Context, request *http.Request) (*http.Request, error) {
	target, err := url.ParseRequestURI(request.URL.RequestURI())
	if err != nil {
		return nil, fmt.Errorf("read the request target: %w", err)
	}
	received := request.Clone(ctx)
	received.URL = target
	received.RequestURI = request.URL.RequestURI()
	received.Header = http.Header{}
	for name, values := range request.Header {
		for _, value := range values {
			received.Header.Add(name, value)
		}
	}
	if received.Host == "" {
		received.Host = request.URL.Host
	}
	if received.Body == nil {
		received.Body = http.NoBody
	}
	return received, nil
}

// exchange is the http.ResponseWriter of one request, and holds its response.
type exchange struct {
	cancel    context.CancelFunc
	header    http.Header // the handler's own
	status    int         // 0 until the header is sent
	sent      http.Header // a copy of the header as sent
	body      *io.PipeReader
	out       *io.PipeWriter
	once      sync.Once
	responded chan struct{} // closed once the header is sent or never will be
	ended     chan struct{} // closed once the handler returns
}

func newExchange(cancel context.CancelFunc) *exchange {
	body, out := io.Pipe()
	return &exchange{
		cancel:    cancel,
		header:    http.Header{},
		body:      body,
		out:       out,
		responded: make(chan struct{}),
		ended:     make(chan struct{}),
	}
}

// run is the server side. The client's reads end with the handler or with the
// context, whichever is first.
func (x *exchange) run(ctx context.Context, handler http.Handler, received *http.Request) {
	defer close(x.ended)
	defer x.cancel()
	stop := context.AfterFunc(ctx, func() { x.out.CloseWithError(context.Cause(ctx)) })
	defer stop()
	defer x.once.Do(func() { close(x.responded) })
	defer func() {
		reason := recover()
		abort, _ := reason.(error) // nil if the handler returned
		switch {
		case reason == nil:
			_ = x.out.Close()
		case !errors.Is(abort, http.ErrAbortHandler):
			panic(reason)
		case ctx.Err() != nil:
			_ = x.out.CloseWithError(context.Cause(ctx))
		default:
			_ = x.out.CloseWithError(io.ErrUnexpectedEOF)
		}
	}()
	handler.ServeHTTP(x, received)
}

func (x *exchange) Header() http.Header { return x.header }

func (x *exchange) WriteHeader(status int) {
	x.once.Do(func() {
		x.status = status
		x.sent = x.header.Clone()
		if _, given := x.sent["Date"]; !given {
			x.sent.Set("Date", time.Now().UTC().Format(http.TimeFormat))
		}
		close(x.responded)
	})
}

func (x *exchange) Write(text []byte) (int, error) {
	x.WriteHeader(http.StatusOK)
	if len(text) == 0 {
		return 0, nil // a pipe blocks on an empty write too
	}
	return x.out.Write(text)
}

func (x *exchange) response(request *http.Request) *http.Response {
	length, err := strconv.ParseInt(x.sent.Get("Content-Length"), 10, 64)
	if err != nil {
		length = -1
	}
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", x.status, http.StatusText(x.status)),
		StatusCode:    x.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        x.sent,
		Body:          responseBody{x},
		ContentLength: length,
		Request:       request,
	}
}

// responseBody stops the handler when it is closed, and waits for it.
type responseBody struct {
	exchange *exchange
}

func (b responseBody) Read(buffer []byte) (int, error) { return b.exchange.body.Read(buffer) }

func (b responseBody) Close() error {
	err := b.exchange.body.Close()
	b.exchange.cancel()
	<-b.exchange.ended
	return err
}
