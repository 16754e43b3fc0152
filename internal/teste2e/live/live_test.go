// SPDX-License-Identifier: MPL-2.0

// Package live_test reads in a real account what its owner names in environment
// variables, to settle what the documents of the APIs leave open. It starts and
// changes nothing. TestAcc does it, with TF_ACC=1 only ("make testacc"); the
// other tests run the same checks against a fake cloud, so that they stay usable.
//
// A check reads through the provider in this process: one check for each source,
// and a few more. A recorder (recorder_test.go) keeps the shape of the responses
// (shape_test.go): JSON types, statuses, forms of times, and error codes, but no
// value that could be a secret. What a check learns answers one of the open
// questions (questions_test.go), and report_test.go writes all of it down.
package live_test

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
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// TestMain leaves the environment of a real account as it is.
func TestMain(m *testing.M) {
	if os.Getenv("TF_ACC") != "" {
		os.Exit(m.Run())
	}
	testkit.Main(m)
}

// Environment variables beside those of the sources. Credentials come from those
// of the provider.
const (
	region = "HW_REGION_NAME"
	// endpoints is for another cloud: dcs=https://…,cce=https://…, with the keys
	// of the provider's argument of that name.
	endpoints = "HWTASKS_ACC_ENDPOINTS"
)

// variable is the environment variable that names an argument of a source.
func variable(source, argument string) string {
	prefix, _, _ := strings.Cut(source, "_")
	if strings.HasPrefix(source, "cce_autopilot_") {
		prefix = "cce_autopilot"
	}
	return strings.ToUpper("HWTASKS_ACC_" + prefix + "_" + argument)
}

// given is the value of that variable.
func given(source, argument string) string { return os.Getenv(variable(source, argument)) }

// check is a group of reads that needs the same variables.
type check struct {
	name  string
	needs []string
	run   func(*survey) error
}

// otherActions is the name of the only check that waits.
const otherActions = "other DWS actions"

func checks() []check {
	var all []check
	for _, s := range providertest.Sources() {
		c := check{name: s.Name, run: func(sv *survey) error { return sv.readSource(s) }}
		for _, argument := range required(s) {
			c.needs = append(c.needs, variable(s.Name, argument))
		}
		all = append(all, c)
	}
	all = append(all, absentChecks()...)
	return append(all,
		check{otherActions, []string{variable("dws_cluster_action", "cluster_id")}, (*survey).dwsOtherActions},
		check{"public hosts", []string{region}, (*survey).publicHosts})
}

// required are the arguments in the path of a request, in this order.
func required(s providertest.Source) []string {
	var names []string
	for _, match := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(s.API, -1) {
		if match[1] != "project_id" {
			names = append(names, match[1])
		}
	}
	return names
}

// skipped is the error of a check that cannot learn anything.
type skipped string

func (s skipped) Error() string { return string(s) }

// perform runs the check if its variables are set.
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
	insecure, _ := strconv.ParseBool(os.Getenv("HW_INSECURE")) // the provider reports an invalid value
	s := newSurvey(t, network{proxied: transport.NewTransport(insecure), direct: transport.NewDirectTransport()})
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

// network leads to the services and, past any proxy, to the agents of this host
// that issue credentials.
type network struct{ proxied, direct http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (n network) RoundTrip(r *http.Request) (*http.Response, error) {
	if ip := net.ParseIP(r.URL.Hostname()); ip != nil && ip.IsLinkLocalUnicast() {
		return n.direct.RoundTrip(r)
	}
	return n.proxied.RoundTrip(r)
}

// survey is one run: where it reads, and what it has found.
type survey struct {
	t        *testing.T
	recorder *recorder
	server   *providertest.Server
	shapes   map[string]*shapes // by API
	findings map[*question][]string
}

func newSurvey(t *testing.T, network http.RoundTripper) *survey {
	t.Helper()
	s := &survey{t: t, recorder: &recorder{next: network}, shapes: map[string]*shapes{}, findings: map[*question][]string{}}
	for _, a := range apis() {
		s.shapes[a.name] = newShapes(a)
	}
	settings := providertest.Args{}
	if list := os.Getenv(endpoints); list != "" {
		urls := providertest.Args{}
		for entry := range strings.SplitSeq(list, ",") {
			service, url, _ := strings.Cut(strings.TrimSpace(entry), "=")
			urls[service] = url
		}
		settings["endpoints"] = urls
	}
	server, diagnostics := providertest.Connect(t, provider.NewWithTransport("acc", s.recorder), settings)
	for _, d := range diagnostics {
		if !strings.HasPrefix(d.Summary, "WARNING") {
			t.Fatalf("the provider cannot be configured: %s", d.Summary)
		}
	}
	s.server = server
	return s
}

// read reads a data source. It returns the state and the responses of the
// services. Its error includes no values.
func (s *survey) read(source string, a providertest.Args) (state map[string]any, met []exchange, err error) {
	mark := len(s.recorder.exchanges)
	got := s.server.Read(s.t, source, a)
	met = s.recorder.exchanges[mark:]
	for _, e := range met {
		s.shapes[e.api].note(e)
	}
	if len(got.Diagnostics) > 0 {
		return nil, met, withoutValues(got.Diagnostics[0])
	}
	return got.State, met, nil
}

// withoutValues is what an error of the provider may show. Its detail has IDs and
// addresses, so only its summary, and the status and code of the response remain.
func withoutValues(d providertest.Diagnostic) error {
	parts := []string{d.Summary}
	for _, line := range evidence.FindAllStringSubmatch(d.Detail, -1) {
		if httpStatusForm.MatchString(line[1]) || codeForm.MatchString(line[1]) {
			parts = append(parts, line[1])
		}
	}
	return fmt.Errorf("%s (a plan with the same variables shows more)", strings.Join(parts, ": "))
}

var evidence = regexp.MustCompile(`(?m)^(?:Status|Code): (.+)$`)

// answer adds a finding to a question.
func (s *survey) answer(q *question, format string, values ...any) {
	s.findings[q] = append(s.findings[q], fmt.Sprintf(format, values...))
}
