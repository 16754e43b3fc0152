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
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// intercept changes what happens to the requests for one path.
type intercept struct {
	name    string
	path    string                          // "issuer" for that of the method's issuer, "" for none
	respond func(echo string) (int, string) // instead of the cloud; echo is the whole request
	modify  func(*http.Request)             // changes the request before the cloud gets it
	fail    bool                            // so that there is no response
	after   int                             // how many requests it lets pass first
	read    args                            // arguments of the read

	harmless bool // the read succeeds
}

// quoted returns a text as a JSON string.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string always has its JSON
	return string(encoded)
}

const runningJob = `{"status":"RUNNING"}`

func intercepts() []intercept {
	message := func(status int) func(string) (int, string) {
		return func(echo string) (int, string) {
			return status, `{"error_code":"APIGW.0301","error_msg":` + quoted("canonicalRequest:"+echo) + `,"request_id":` + quoted(echo) + `}`
		}
	}
	page := func(status int) func(string) (int, string) {
		return func(echo string) (int, string) { return status, "<html>\n" + echo }
	}
	success := func(format string) func(string) (int, string) {
		return func(echo string) (int, string) { return http.StatusOK, fmt.Sprintf(format, quoted(echo)) }
	}
	waiting := args{"wait_for": "success", "timeouts": args{"read": "2m"}}
	job, lookup := jobPath, fakecloud.ProjectsPath
	return []intercept{
		{name: "none"},
		{name: "wrong signature", path: job, modify: func(r *http.Request) { r.URL.RawQuery = "added=later" }},
		{name: "401", path: job, respond: message(http.StatusUnauthorized)},
		{name: "403", path: job, respond: message(http.StatusForbidden)},
		{name: "502 with HTML", path: job, respond: page(http.StatusBadGateway)},
		{name: "200 with HTML", path: job, respond: page(http.StatusOK)},
		{name: "invalid JSON", path: job, respond: success(`{"status":%s`)},
		{name: "wrong type", path: job, respond: success(`{"status":[%s]}`)},
		{name: "200 with an echo", path: job, harmless: true, respond: success(`{"job_id":"` + jobID + `","status":"RUNNING","job_type":"job","fail_reason":%s}`)},
		{name: "200 with an error", path: job, respond: success(`{"error_code":"x","error_msg":%s}`)},
		{name: "no response", path: job, fail: true},
		{name: "503 during a wait", path: job, respond: page(http.StatusServiceUnavailable), after: 1, read: waiting},
		{name: "401 during a wait", path: job, respond: message(http.StatusUnauthorized), after: 1, read: waiting},
		{name: "lookup: 403", path: lookup, respond: message(http.StatusForbidden)},
		{name: "lookup: 500 with HTML", path: lookup, respond: page(http.StatusInternalServerError)},
		{name: "lookup: no response", path: lookup, fail: true},
		{name: "lookup: wrong type", path: lookup, respond: success(`{"projects":%s}`)},
	}
}

// issuerIntercepts are responses of an issuer of keys, with the keys that it
// would have issued.
func issuerIntercepts(k fakecloud.Keys) []intercept {
	sent := func(format string) func(string) (int, string) {
		return func(string) (int, string) {
			return http.StatusOK, fmt.Sprintf(format, quoted(k.AccessKey), quoted(k.SecretKey), quoted(k.SecurityToken))
		}
	}
	var all []intercept
	for _, i := range intercepts() {
		if i.path == jobPath && i.read == nil {
			i.name, i.path, i.harmless = "issuer: "+i.name, "issuer", false
			all = append(all, i)
		}
	}
	for name, format := range map[string]string{
		"half a response":        `{"credential":{"access":%s,"secret":%s,"securitytoken":%s`,
		"keys of a wrong type":   `{"credential":{"access":{"is":%s},"secret":[%s],"securitytoken":{"is":%s}}}`,
		"keys under other names": `{"credential":{"ak":%s,"sk":%s,"token":%s}}`,
		"keys as text":           `{"credential":"%[1]s %[2]s %[3]s"}`,
		"keys as a list":         `[%s, %s, %s]`,
		"keys in HTML":           "<html>%s\n%s\n%s",
		"keys with an error":     `{"error_code":"x","error_msg":"y","credential":{"access":%s,"secret":%s,"securitytoken":%s}}`,
	} {
		all = append(all, intercept{name: "issuer: " + name, path: "issuer", respond: sent(format)})
	}
	return all
}

// interceptor is a network with an intercept. It remembers what authorized the
// requests.
type interceptor struct {
	intercept
	cloud  http.RoundTripper
	encode func(string) string // of what it returns

	mu      sync.Mutex // guards all below
	secrets []string
	seen    int
}

func (n *interceptor) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, name := range []string{"Authorization", "X-Auth-Token", "X-Security-Token", "X-Metadata-Token"} {
		if value := r.Header.Get(name); value != "" {
			_, signature, _ := strings.Cut(value, "Signature=")
			n.secrets = append(n.secrets, value, signature)
		}
	}
	if r.URL.Path != n.path {
		return n.cloud.RoundTrip(r)
	}
	n.seen++
	if n.seen <= n.after {
		return response(r, http.StatusOK, runningJob), nil
	}
	switch {
	case n.fail:
		return nil, errors.New("connection reset by peer")
	case n.respond != nil:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		echo := new(bytes.Buffer)
		if err := r.Header.Write(echo); err != nil {
			return nil, err
		}
		sent := n.encode(echo.String() + string(body))
		status, text := n.respond(sent)
		resp := response(r, status, text)
		resp.Header.Set("X-Request-Id", strings.Join(strings.Fields(sent), ""))
		return resp, nil
	case n.modify != nil:
		r = r.Clone(r.Context())
		n.modify(r)
	}
	return n.cloud.RoundTrip(r)
}

func response(r *http.Request, status int, body string) *http.Response {
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

// within adds the loggers of the provider and of the framework to a context.
func (l *logs) within(ctx context.Context) context.Context {
	return tfsdklogtest.RootLogger(tflogtest.RootLogger(ctx, l), l)
}

// TestSecrets_areNeverShown in a log, a diagnostic, the state, or the progress of
// an action, whatever happens with whichever credentials. The services return all
// that they were sent, each in another encoding.
func TestSecrets_areNeverShown(t *testing.T) {
	echoes, turn := testkit.Echoes(), 0
	for _, m := range methods(t) {
		all := intercepts()
		if m.issuer != "" {
			all = append(all, issuerIntercepts(issued)...)
		}
		for _, i := range all {
			turn++
			e := echoes[(turn+turn/len(echoes))%len(echoes)]
			t.Run(m.name+"/"+i.name+"/"+e.Name, func(t *testing.T) {
				cloud, block := m.start(t)
				cloud.AddProject(ownRegion, ownProject)
				if i.path == fakecloud.ProjectsPath {
					delete(block, "project_id")
				}
				if i.path == "issuer" {
					i.path = m.issuer
				}
				synctest.Test(t, func(t *testing.T) {
					network, log := &interceptor{intercept: i, cloud: cloud.Transport(), encode: e.Encode}, &logs{}
					s, wrong := providertest.ConnectWithin(t, log.within, NewWithTransport("test", network), block)
					read := s.Read(t, "dcs_job", args{"job_id": jobID}.With(i.read))
					invoked := s.Invoke(log.within(t.Context()), t, "await_dcs_job", args{"job_id": jobID})
					shown := fmt.Sprintf("configuration: %+v\ndata source: %+v\naction: %+v\n", wrong, read, invoked)
					if failed := read.Diagnostics != nil; failed != (i.path != "" && !i.harmless) && i.modify == nil {
						t.Errorf("the intercept did not happen:\n%s", shown)
					}
					requireLogs(t, log.text.String())
					text := testkit.Search(shown + log.text.String())
					secrets := slices.DeleteFunc(append(network.secrets, m.secrets...), func(secret string) bool { return secret == "" })
					slices.Sort(secrets)
					for _, secret := range slices.Compact(secrets) {
						if found := text.Leaks(secret); found != "" {
							t.Errorf("%q is (%s) in\n%s%s", secret, found, shown, log.text.String())
						}
					}
				})
			})
		}
	}
}

// requireLogs fails unless the logs have content to search.
func requireLogs(t *testing.T, text string) {
	t.Helper()
	for _, line := range []string{`"@message":"Request to Huawei Cloud`, `"@level":"trace"`, `"@module":"sdk.framework"`} {
		if !strings.Contains(text, line) {
			t.Errorf("no line of the log has %s:\n%s", line, text)
		}
	}
}
