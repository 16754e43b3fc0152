// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// mishap is what befalls the requests for one of the paths of a read.
type mishap struct {
	name    string
	at      string                          // the path, "issuer" for that of the way's issuer, "" for none
	answer  func(echo string) (int, string) // instead of the cloud's; echo is all of the request
	forward func(*http.Request)             // changes the request on its way
	fails   bool                            // so that there is no answer
	after   int                             // how many requests pass first
	ask     args                            // of the read
}

// quoted is a text as a JSON string.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string always has its JSON
	return string(encoded)
}

const runningJob = `{"status":"RUNNING"}`

func mishaps() []mishap {
	message := func(status int) func(string) (int, string) {
		return func(echo string) (int, string) {
			return status, `{"error_code":"APIGW.0301","error_msg":` + quoted("canonicalRequest:"+echo) + `,"request_id":` + quoted(echo) + `}`
		}
	}
	page := func(status int) func(string) (int, string) {
		return func(echo string) (int, string) { return status, "<html>\n" + echo }
	}
	answer := func(format string) func(string) (int, string) {
		return func(echo string) (int, string) { return http.StatusOK, fmt.Sprintf(format, quoted(echo)) }
	}
	waiting := args{"wait_for": "success", "timeouts": args{"read": "2m"}}
	job, lookUp := jobPath, fakecloud.ProjectsPath
	return []mishap{
		{name: "none"},
		{name: "a signature that does not fit", at: job, forward: func(r *http.Request) { r.URL.RawQuery = "added=on-the-way" }},
		{name: "a refusal", at: job, answer: message(http.StatusUnauthorized)},
		{name: "a prohibition", at: job, answer: message(http.StatusForbidden)},
		{name: "a gateway's page", at: job, answer: page(http.StatusBadGateway)},
		{name: "a page", at: job, answer: page(http.StatusOK)},
		{name: "broken JSON", at: job, answer: answer(`{"status":%s`)},
		{name: "a wrong type", at: job, answer: answer(`{"status":[%s]}`)},
		{name: "a refusal with status 200", at: job, answer: answer(`{"error_code":"x","error_msg":%s}`)},
		{name: "no answer", at: job, fails: true},
		{name: "a fault in the midst of a wait", at: job, answer: page(http.StatusServiceUnavailable), after: 1, ask: waiting},
		{name: "a refusal in the midst of a wait", at: job, answer: message(http.StatusUnauthorized), after: 1, ask: waiting},
		{name: "a refused look-up", at: lookUp, answer: message(http.StatusForbidden)},
		{name: "a look-up that fails", at: lookUp, answer: page(http.StatusInternalServerError)},
		{name: "a look-up without an answer", at: lookUp, fails: true},
		{name: "a malformed look-up", at: lookUp, answer: answer(`{"projects":%s}`)},
	}
}

// issuerMishaps are answers of those who issue keys. They are about the keys
// that the issuer would have sent.
func issuerMishaps(k fakecloud.Keys) []mishap {
	sent := func(format string) func(string) (int, string) {
		return func(string) (int, string) {
			return http.StatusOK, fmt.Sprintf(format, quoted(k.AccessKey), quoted(k.SecretKey), quoted(k.SecurityToken))
		}
	}
	var all []mishap
	for _, m := range mishaps() {
		if m.at == jobPath && m.ask == nil {
			m.name, m.at = "of the issuer: "+m.name, "issuer"
			all = append(all, m)
		}
	}
	return append(all,
		mishap{name: "of the issuer: half an answer", at: "issuer", answer: sent(`{"credential":{"access":%s,"secret":%s,"securitytoken":%s`)},
		mishap{name: "of the issuer: keys of a wrong type", at: "issuer", answer: sent(`{"credential":{"access":{"is":%s},"secret":[%s],"securitytoken":{"is":%s}}}`)},
		mishap{name: "of the issuer: keys of another name", at: "issuer", answer: sent(`{"credential":{"ak":%s,"sk":%s,"token":%s}}`)},
		mishap{name: "of the issuer: keys as text", at: "issuer", answer: sent(`{"credential":"%[1]s %[2]s %[3]s"}`)},
		mishap{name: "of the issuer: keys as a list", at: "issuer", answer: sent(`[%s, %s, %s]`)},
		mishap{name: "of the issuer: keys on a page", at: "issuer", answer: sent("<html>%s\n%s\n%s")},
		mishap{name: "of the issuer: keys beside an error", at: "issuer", answer: sent(`{"error_code":"x","error_msg":"y","credential":{"access":%s,"secret":%s,"securitytoken":%s}}`)},
	)
}

// wiretap is the network of a mishap. It remembers what authorized the requests.
type wiretap struct {
	mishap
	cloud http.RoundTripper

	mu      sync.Mutex // guards all below
	secrets []string
	struck  int
}

func (w *wiretap) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, name := range []string{"Authorization", "X-Auth-Token", "X-Security-Token", "X-Metadata-Token"} {
		if value := r.Header.Get(name); value != "" {
			_, signature, _ := strings.Cut(value, "Signature=")
			w.secrets = append(w.secrets, value, signature)
		}
	}
	if r.URL.Path != w.at {
		return w.cloud.RoundTrip(r)
	}
	w.struck++
	if w.struck <= w.after {
		return respond(r, http.StatusOK, runningJob), nil
	}
	switch {
	case w.fails:
		return nil, errors.New("connection reset by peer")
	case w.answer != nil:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		echo := new(bytes.Buffer)
		if err := r.Header.Write(echo); err != nil {
			return nil, err
		}
		status, text := w.answer(echo.String() + string(body))
		return respond(r, status, text), nil
	case w.forward != nil:
		r = r.Clone(r.Context())
		w.forward(r)
	}
	return w.cloud.RoundTrip(r)
}

func respond(r *http.Request, status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}
}

// logs is where all loggers write, at the level TRACE.
type logs struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

func (l *logs) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

// within adds the loggers of the provider and of the framework.
func (l *logs) within(ctx context.Context) context.Context {
	return tfsdklogtest.RootLogger(tflogtest.RootLogger(ctx, l), l)
}

// TestSecrets_areInNoLogDiagnosticOrState, nor in what an action tells, whatever
// happens in whichever way to authenticate. The services send back all that they
// were sent.
func TestSecrets_areInNoLogDiagnosticOrState(t *testing.T) {
	for _, w := range ways(t) {
		all := mishaps()
		if w.issuer != "" {
			all = append(all, issuerMishaps(issued)...)
		}
		for _, m := range all {
			t.Run(w.name+"/"+m.name, func(t *testing.T) {
				cloud, block := w.start(t)
				cloud.AddProject(ownRegion, ownProject)
				if m.at == fakecloud.ProjectsPath {
					delete(block, "project_id")
				}
				if m.at == "issuer" {
					m.at = w.issuer
				}
				synctest.Test(t, func(t *testing.T) {
					network, log := &wiretap{mishap: m, cloud: cloud.Transport()}, &logs{}
					s, wrong := providertest.ConnectWithin(t, log.within, NewWithTransport("test", network), block)
					got := s.Read(t, "dcs_job", args{"job_id": jobID}.With(m.ask))
					done := s.Invoke(log.within(t.Context()), t, "await_dcs_job", args{"job_id": jobID})
					told := fmt.Sprintf("configuration: %+v\ndata source: %+v\naction: %+v\n", wrong, got, done)
					if failed := got.Diagnostics != nil; failed != (m.at != "") && m.forward == nil {
						t.Errorf("the mishap has not happened:\n%s", told)
					}
					expectLogs(t, log.text.String())
					for _, secret := range append(network.secrets, w.secrets...) {
						if secret != "" && strings.Contains(told+log.text.String(), secret) {
							t.Errorf("%q is in\n%s%s", secret, told, log.text.String())
						}
					}
				})
			})
		}
	}
}

// expectLogs fails unless there is something to be searched.
func expectLogs(t *testing.T, text string) {
	t.Helper()
	for _, line := range []string{`"@message":"Request to Huawei Cloud`, `"@level":"trace"`, `"@module":"sdk.framework"`} {
		if !strings.Contains(text, line) {
			t.Errorf("no line of the log has %s:\n%s", line, text)
		}
	}
}
