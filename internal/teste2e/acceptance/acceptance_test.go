// SPDX-License-Identifier: MPL-2.0

// Package acceptance_test reads in a real account what its owner names in
// variables, to settle what the documents of the APIs leave open. It starts and
// changes nothing. TestAcc does it, with TF_ACC=1 alone ("make testacc"); the
// other tests send the same checks to a fake cloud, so that they stay usable.
//
// A check (dcs_test.go, dws_test.go, cce_test.go, hosts_test.go) reads through
// the provider in this process. A recorder listens to the services
// (recorder_test.go) and keeps the shape of their answers (shape_test.go): JSON
// types, status words, forms of times and error codes, but no value that could
// be a secret. What a check learns it tells to one of the open questions
// (questions_test.go), and report_test.go writes all of it down.
package acceptance_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// The variables that name what may be read. Credentials and region come from
// those of the provider.
const (
	dcsInstance  = "HWTASKS_ACC_DCS_INSTANCE_ID"
	dcsTask      = "HWTASKS_ACC_DCS_TASK_ID"
	dcsJob       = "HWTASKS_ACC_DCS_JOB_ID"
	dwsCluster   = "HWTASKS_ACC_DWS_CLUSTER_ID"
	dwsAction    = "HWTASKS_ACC_DWS_ACTION_NAME"
	cceCluster   = "HWTASKS_ACC_CCE_CLUSTER_ID"
	cceAutopilot = "HWTASKS_ACC_CCE_AUTOPILOT_CLUSTER_ID"
	region       = "HW_REGION_NAME"

	// endpoints is for another cloud: dcs=https://…,cce=https://…, with the keys
	// of the provider's argument of that name.
	endpoints = "HWTASKS_ACC_ENDPOINTS"
)

// check is a group of reads that needs the same variables.
type check struct {
	name  string
	needs []string
	run   func(*survey) error
}

func checks() []check {
	return []check{
		{"DCS background tasks", []string{dcsInstance}, (*survey).dcsList},
		{"DCS task progress", []string{dcsInstance, dcsTask}, (*survey).dcsProgress},
		{"DCS job", []string{dcsJob}, (*survey).dcsJob},
		{"DCS job that does not exist", []string{region}, (*survey).dcsUnknownJob},
		{"DWS action", []string{dwsCluster, dwsAction}, (*survey).dwsAction},
		{"DWS actions that may be absent", []string{dwsCluster}, (*survey).dwsOthers},
		{"CCE backups", []string{cceCluster}, (*survey).cceBackups},
		{"CCE Autopilot backups", []string{cceAutopilot}, (*survey).autopilotBackups},
		{"public hosts", []string{region}, (*survey).publicHosts},
	}
}

// skipped is the error of a check that cannot tell anything here.
type skipped string

func (s skipped) Error() string { return string(s) }

// perform runs the check, if all of its variables are set.
func (c check) perform(s *survey) error {
	for _, name := range c.needs {
		if os.Getenv(name) == "" {
			return skipped(name + " is not set")
		}
	}
	return c.run(s)
}

func TestAcc(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: these checks read in a real account (make testacc, see CONTRIBUTING.md)")
	}
	s := newSurvey(t, &network{
		proxied: transport.NewTransport(flagOf("HW_INSECURE")),
		direct:  transport.NewDirectTransport(),
	})
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			var skip skipped
			switch err := c.perform(s); {
			case errors.As(err, &skip):
				t.Skip(skip)
			case err != nil:
				t.Error(err)
			}
		})
	}
	fmt.Println(s.report())
}

func flagOf(variable string) bool {
	flag, _ := strconv.ParseBool(os.Getenv(variable)) // the provider complains of what is none
	return flag
}

// survey is one run: where it reads, and what it has met.
type survey struct {
	t        *testing.T
	recorder *recorder
	server   *providertest.Server
	met      map[*api]*shapes
	findings map[*question][]string
}

func newSurvey(t *testing.T, network http.RoundTripper) *survey {
	t.Helper()
	s := &survey{
		t: t, recorder: &recorder{next: network},
		met: map[*api]*shapes{}, findings: map[*question][]string{},
	}
	settings := providertest.Args{}
	if list := os.Getenv(endpoints); list != "" {
		urls := providertest.Args{}
		for each := range strings.SplitSeq(list, ",") {
			service, url, _ := strings.Cut(strings.TrimSpace(each), "=")
			urls[service] = url
		}
		settings["endpoints"] = urls
	}
	server, faults := providertest.Connect(t, provider.NewWithTransport("acc", s.recorder), settings)
	for _, f := range faults {
		if !strings.HasPrefix(f.Summary, "WARNING") {
			t.Fatalf("the provider cannot be configured: %s", f.Summary)
		}
	}
	s.server = server
	return s
}

// read reads a data source and returns its state, and what the services have
// answered meanwhile. Its error has no values in it.
func (s *survey) read(source string, ask providertest.Args) (state map[string]any, met []exchange, err error) {
	mark := len(s.recorder.exchanges)
	got := s.server.Read(s.t, source, ask)
	met = s.recorder.exchanges[mark:]
	for _, e := range met {
		s.note(e)
	}
	if len(got.Diagnostics) > 0 {
		return nil, met, withoutValues(got.Diagnostics[0])
	}
	return got.State, met, nil
}

var evidence = regexp.MustCompile(`(?m)^(?:Status|Code): (.+)$`)

// withoutValues is what can be told of an error of the provider, whose detail
// has ids and addresses: its summary, and the status and the code of the answer.
func withoutValues(f providertest.Diagnostic) error {
	parts := []string{f.Summary}
	for _, line := range evidence.FindAllStringSubmatch(f.Detail, -1) {
		if statusForm.MatchString(line[1]) || codeForm.MatchString(line[1]) {
			parts = append(parts, line[1])
		}
	}
	return fmt.Errorf("%s (a plan with the same variables tells more)", strings.Join(parts, ": "))
}

func (s *survey) note(e exchange) {
	if s.met[e.api] == nil {
		s.met[e.api] = &shapes{answers: tally{}, types: map[string]tally{}, forms: map[string]tally{}}
	}
	s.met[e.api].note(e)
}

// tell notes what a question has been answered with.
func (s *survey) tell(q *question, format string, values ...any) {
	s.findings[q] = append(s.findings[q], fmt.Sprintf(format, values...))
}

// unclassified is an error if a word was met that a wait could not judge.
func unclassified(state map[string]any, list string) error {
	parts, _ := state[list].([]any)
	for _, part := range append(parts, any(state)) {
		if object, ok := part.(map[string]any); ok && object["state"] == "unknown" {
			return errors.New("a status word, or a time, is not one that the provider knows: the report has it")
		}
	}
	return nil
}

// network is the way to the services and, past any proxy, to the agents of this
// host, of which credentials may come.
type network struct{ proxied, direct http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if ip := net.ParseIP(r.URL.Hostname()); ip != nil && ip.IsLinkLocalUnicast() {
		return n.direct.RoundTrip(r)
	}
	return n.proxied.RoundTrip(r)
}
