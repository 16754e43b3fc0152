// SPDX-License-Identifier: MPL-2.0

package transport_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

const project = "05f2cff45100d5112f4bc00b794ea08e"

// bubble is a client of a fake cloud in virtual time.
type bubble struct {
	*testing.T
	cloud  *fakecloud.Cloud
	client *transport.Client
	start  time.Time
}

// paced runs a test in virtual time, against a gateway with a quota.
func paced(t *testing.T, quota fakecloud.Quota, test func(bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New()
		cloud.AcceptToken("fake-token")
		cloud.SetQuota(quota)
		network := &transport.Network{Transport: cloud.Transport(), UserAgent: "test", MaxRetries: 1}
		test(bubble{t, cloud, &transport.Client{Network: network, Credentials: fixedToken("fake-token")}, time.Now()})
	})
}

type fixedToken string

func (t fixedToken) Authorize(r *http.Request, _ []byte) error {
	r.Header.Set("X-Auth-Token", string(t))
	return nil
}

func (t fixedToken) Secrets() []string { return []string{string(t)} }

func (t fixedToken) Retrieve(context.Context, string) (transport.Credentials, error) { return t, nil }

func (t fixedToken) Refresh(context.Context, string, transport.Credentials) (transport.Credentials, bool, error) {
	return t, false, nil
}

type anyJob struct {
	transport.ErrorBody
	Status transport.Text `json:"status"`
}

func (b bubble) serve(job, status string) {
	b.cloud.Serve(fakecloud.JobPath(project, job), fakecloud.Response{Body: `{"status":"` + status + `"}`})
}

func request(job string) transport.Request {
	return transport.Request{Service: transport.DCS, Region: "r", Path: transport.Path("/v2/%s/jobs/%s", project, job)}
}

// read sends a request now.
func (b bubble) read(ctx context.Context, r transport.Request) (status string, err error) {
	var response anyJob
	err = b.client.Do(ctx, r, &response)
	return response.Status.String(), err
}

// poll sends a request as a poll of a wait that is due after some time.
func (b bubble) poll(ctx context.Context, job string, due time.Duration) (string, error) {
	return b.read(task.WithDue(ctx, b.start.Add(due)), request(job))
}

func (b bubble) sleepUntil(at time.Duration) { time.Sleep(time.Until(b.start.Add(at))) }

// sent lists the requests, as "seconds job".
func (b bubble) sent() (all []string) {
	for _, r := range b.cloud.Requests() {
		all = append(all, fmt.Sprintf("%.2f %s", r.Time.Sub(b.start).Seconds(), r.Path[len("/v2/"+project+"/jobs/"):]))
	}
	return all
}

func (b bubble) diff(what string, want, got any) {
	b.Helper()
	if d := cmp.Diff(want, got); d != "" {
		b.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// together runs functions at the same time and waits for them.
func together(count int, run func(i int)) {
	var all sync.WaitGroup
	for i := range count {
		all.Go(func() { run(i) })
	}
	all.Wait()
}

// exhaust uses up the burst of the slow start.
func (b bubble) exhaust() {
	b.serve("exhaust", "RUNNING")
	for range 20 {
		if _, err := b.read(b.Context(), request("exhaust")); err != nil {
			b.Fatal(err)
		}
	}
}

func TestPacer_sendsEqualPollsOnce(t *testing.T) {
	paced(t, fakecloud.Quota{}, func(b bubble) {
		b.serve("a", "RUNNING")
		time.AfterFunc(6*time.Second, func() { b.serve("a", "SUCCESS") })
		ctx := b.Context()
		canceled, cancel := context.WithCancel(ctx)
		time.AfterFunc(time.Second, cancel)
		together(7, func(i int) {
			switch i {
			case 0: // asks first, and leaves
				_, err := b.poll(canceled, "a", 3*time.Second)
				b.diff("canceled", true, errors.Is(err, context.Canceled))
			case 1: // asks when the request of the others has been sent
				b.sleepUntil(5 * time.Second)
				status, err := b.poll(ctx, "a", 7*time.Second)
				b.diff("later poll", []any{"SUCCESS", nil}, []any{status, err})
			default:
				status, err := b.poll(ctx, "a", time.Duration(i+2)*time.Second)
				b.diff("shared poll", []any{"RUNNING", nil, 3 * time.Second}, []any{status, err, time.Since(b.start)})
			}
		})
		b.diff("requests", []string{"3.00 a", "7.00 a"}, b.sent())
	})
}

// TestPacer_withoutReaders: a request is neither sent nor continued if all of its
// readers have left.
func TestPacer_withoutReaders(t *testing.T) {
	paced(t, fakecloud.Quota{}, func(b bubble) {
		b.cloud.Fail(fakecloud.JobPath(project, "hangs"), fakecloud.Fault{Kind: fakecloud.Hang})
		ctx, cancel := context.WithCancel(b.Context())
		time.AfterFunc(time.Second, cancel)
		together(4, func(i int) {
			_, err := b.poll(ctx, []string{"waits", "hangs"}[i%2], []time.Duration{3 * time.Second, time.Second / 2}[i%2])
			b.diff("error", []any{true, time.Second}, []any{errors.Is(err, context.Canceled), time.Since(b.start)})
		})
		time.Sleep(10 * time.Second)
		b.diff("requests", []string{"0.50 hangs"}, b.sent())
	})
}

// TestPacer_sendsDifferentRequestsEach: only equal requests share a response.
func TestPacer_sendsDifferentRequestsEach(t *testing.T) {
	plain := request("a")
	for name, test := range map[string]struct {
		change func(*transport.Request)
		client bool // another one
		want   int  // requests
	}{
		"nothing":  {change: func(*transport.Request) {}, want: 1},
		"job":      {change: func(r *transport.Request) { r.Path = request("b").Path }, want: 2},
		"query":    {change: func(r *transport.Request) { r.Query = url.Values{"limit": {"1"}} }, want: 2},
		"header":   {change: func(r *transport.Request) { r.Header = http.Header{"X-Signed": {"1"}} }, want: 2},
		"language": {change: func(r *transport.Request) { r.Unsigned = http.Header{"X-Language": {"zh_cn"}} }, want: 2},
		"project":  {change: func(r *transport.Request) { r.ProjectID = "another" }, want: 2},
		"region":   {change: func(r *transport.Request) { r.Region = "another" }, want: 2},
		"method":   {change: func(r *transport.Request) { r.Method = http.MethodPost }, want: 2},
		"client":   {change: func(*transport.Request) {}, client: true, want: 2},
	} {
		t.Run(name, func(t *testing.T) {
			paced(t, fakecloud.Quota{}, func(b bubble) {
				b.serve("a", "RUNNING")
				other, changed := *b.client, plain
				test.change(&changed)
				together(2, func(i int) {
					r, c := plain, b.client
					if i == 1 {
						r = changed
					}
					if i == 1 && test.client {
						c = &other
					}
					_ = c.Do(task.WithDue(b.Context(), b.start.Add(time.Second)), r, &anyJob{}) // some are not served
				})
				b.diff("requests", test.want, len(b.cloud.Requests()))
			})
		})
	}
}

func TestPacer_servesPollsWhenTheyAreDue(t *testing.T) {
	paced(t, fakecloud.Quota{}, func(b bubble) {
		b.exhaust()
		b.sleepUntil(time.Second / 2)
		jobs := []string{"e", "d", "c", "b", "a"}
		together(len(jobs), func(i int) {
			b.serve(jobs[i], "RUNNING")
			if _, err := b.poll(b.Context(), jobs[i], time.Second-time.Duration(i)*time.Millisecond); err != nil {
				b.Error(err)
			}
		})
		three := []string{"1.00 a", "1.02 b", "1.04 c"} // a burst
		b.diff("requests", append(three, "1.33 d", "1.67 e"), b.sent()[20:])
	})
}

// TestPacer_doesNotHoldUpReads: a read that does not wait, and a first poll, are
// sent before the polls that wait for their turn.
func TestPacer_doesNotHoldUpReads(t *testing.T) {
	paced(t, fakecloud.Quota{}, func(b bubble) {
		b.serve("read", "RUNNING")
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		for i := range 300 {
			go func() { _, _ = b.poll(ctx, fmt.Sprint(i), 0) }()
		}
		for range 20 {
			b.sleepUntil(time.Since(b.start).Truncate(time.Second) + 1500*time.Millisecond)
			asked := time.Now()
			if _, err := b.read(b.Context(), request("read")); err != nil {
				b.Fatal(err)
			}
			if took := time.Since(asked); took > 20*time.Millisecond {
				b.Errorf("a read took %s", took)
			}
		}
	})
}

// TestPacer_sendsReadsAtOnce: without waits, only the limit of the host applies,
// and reads do not delay the first wait for long.
func TestPacer_sendsReadsAtOnce(t *testing.T) {
	paced(t, fakecloud.Quota{}, func(b bubble) {
		b.serve("wait", "RUNNING")
		together(200, func(i int) { _, _ = b.read(b.Context(), request(fmt.Sprint(i))) })
		b.diff("duration of 200 reads", 199*20*time.Millisecond, time.Since(b.start).Round(time.Millisecond))
		_, _ = b.poll(b.Context(), "wait", 0)
		if took := time.Since(b.start); took > 11*time.Second {
			b.Errorf("the poll of a wait is sent after %s", took)
		}
	})
}
