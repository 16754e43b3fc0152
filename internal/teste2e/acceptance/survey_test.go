// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"errors"
	"flag"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

var update = flag.Bool("update", false, "write testdata/report.txt anew")

// outcomes performs all checks and returns the errors.
func outcomes(s *survey) map[string]string {
	all := map[string]string{}
	for _, c := range checks() {
		if err := c.perform(s); err != nil {
			all[c.name] = err.Error()
		}
	}
	return all
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}

// without is a network in which the hosts of a domain do not exist.
type without struct {
	domain string
	next   http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (w without) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Host, w.domain) {
		return nil, &net.DNSError{Err: "no such host", Name: r.URL.Host, IsNotFound: true}
	}
	return w.next.RoundTrip(r)
}

// TestReport_settlesTheQuestions performs all checks before the fake cloud, in
// virtual time, and compares the whole report.
func TestReport_settlesTheQuestions(t *testing.T) {
	cloud := open(t)
	awaitNoSignals()
	want, err := os.ReadFile("testdata/report.txt")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := newSurvey(t, without{"myhuaweicloud.cn", cloud.Transport()})
		diff(t, "errors", map[string]string{}, outcomes(s))
		if *update {
			if err := os.WriteFile("testdata/report.txt", []byte(s.report()), 0o644); err != nil {
				t.Error(err)
			}
		}
		diff(t, "report", string(want), s.report())
	})
}

// awaitNoSignals starts the one goroutine of package os/signal outside of bubbles.
func awaitNoSignals() {
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt)
	signal.Stop(first)
}

// TestReport_holdsNoValue takes every text of every answer and every variable,
// and looks for them in the report.
func TestReport_holdsNoValue(t *testing.T) {
	cloud := open(t)
	// What a hostile or unlucky account may have: values where words, codes and
	// the names of members are expected.
	cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{
		Body: `{"status":"host-172-16-13-211","begin_time":"henry, at noon","host-172-16-13-212":1,"owner":{"alice":"bob"},"job_type":"carol","fail_reason":"dave"}`,
	})
	cloud.Serve(fakecloud.SnapshotTasksPath(projectID, clusterID), fakecloud.Response{
		Status: http.StatusForbidden, Body: `{"error_code":"erin.10.1.2.3","error_msg":"frank may not","10.1.2.4":{"grace":1}}`,
	})
	s := newSurvey(t, cloud.Transport())
	faults := outcomes(s)
	report := s.report()
	for _, fault := range faults {
		report += fault
	}
	secrets := []string{keys.AccessKey, keys.SecretKey, projectID, "alice", "bob", "carol", "dave", "erin", "frank", "grace", "henry", "payroll"}
	for _, name := range []string{dcsInstance, dcsTask, dcsJob, dwsCluster, cceCluster, cceAutopilot} {
		secrets = append(secrets, os.Getenv(name))
	}
	texts := regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	all := strings.Join(dcsTasks(), "")
	for _, body := range bodies() {
		all += body
	}
	for _, found := range texts.FindAllStringSubmatch(all, -1) {
		// What the report may tell: names of members and status words, and texts as short as "67".
		if text := found[1]; len(text) > 4 && !wordForm.MatchString(text) && text != os.Getenv(region) {
			secrets = append(secrets, text)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(report, secret) {
			t.Errorf("the report has %q", secret)
		}
	}
	for _, form := range []string{`172[.-]16`, `10\.\d`, `[0-9a-f]{32}`, `[0-9a-f]{8}-`, `\p{Han}`} {
		if found := regexp.MustCompile(form).FindString(report); found != "" {
			t.Errorf("the report has %q", found)
		}
	}
	diff(t, "errors", map[string]string{
		"DCS job":     "a status word, or a time, is not one that the provider knows: the report has it",
		"CCE backups": "Unable to read CCE snapshot task: 403 Forbidden (a plan with the same variables tells more)",
	}, faults)
}

func TestWithhold_takesOutWhatLooksLikeASecret(t *testing.T) {
	open(t)
	for text, want := range map[string]string{
		"status 200 (3)":                           "status 200 (3)",
		"9999-99-99 99:99:99.9 +0800 CST":          "9999-99-99 99:99:99.9 +0800 CST",
		"dws.cn-north-4.myhuaweicloud.com":         "dws.cn-north-4.myhuaweicloud.com",
		"code 111404070":                           "code 111404070",
		"x " + instanceID + " y":                   "x (withheld) y",
		"x " + failedTask + " y":                   "x (withheld) y",
		"from 10.1.2.3 to 10.1.2.4":                "from (withheld) to (withheld)",
		"by alice@example.com":                     "by (withheld)",
		"FAKEACCESSKEY fake-secret-key cn-north-4": "(withheld) (withheld) cn-north-4",
	} {
		diff(t, text, want, withhold(text))
	}
}

func TestChecks_areSkippedWithoutTheirVariables(t *testing.T) {
	cloud := open(t)
	for _, name := range []string{region, dcsInstance, dcsTask, dcsJob, dwsCluster, dwsAction, cceCluster, cceAutopilot} {
		t.Setenv(name, "")
	}
	s := newSurvey(t, cloud.Transport())
	for _, c := range checks() {
		var skip skipped
		if err := c.perform(s); !errors.As(err, &skip) || err.Error() != c.needs[0]+" is not set" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	diff(t, "requests", 0, len(cloud.Requests()))
	if report := s.report(); !strings.Contains(report, "Nothing was read.") || strings.Count(report, "not told; it needs ") != len(questions()) {
		t.Errorf("the report of nothing is\n%s", report)
	}
}

// TestChecks_reachTheEndpointsThatAreNamed goes over a socket, with an IAM token.
func TestChecks_reachTheEndpointsThatAreNamed(t *testing.T) {
	cloud := open(t)
	cloud.AcceptToken("a-token")
	server := httptest.NewServer(cloud)
	t.Cleanup(server.Close)
	var urls []string
	for _, service := range []string{"dcs", "dws", "cce", "iam"} {
		urls = append(urls, service+"="+server.URL)
	}
	for name, value := range map[string]string{endpoints: strings.Join(urls, ", "), "HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HW_AUTH_TOKEN": "a-token"} {
		t.Setenv(name, value)
	}
	socket := &http.Transport{}
	t.Cleanup(socket.CloseIdleConnections)
	s := newSurvey(t, &network{proxied: socket, direct: socket})
	diff(t, "errors", map[string]string{
		"public hosts": "the public hosts mean nothing beside HWTASKS_ACC_ENDPOINTS or HW_CLOUD",
	}, outcomes(s))
	diff(t, "window", []string{
		"begin_time is ignored: 3 of 3 tasks came", "end_time is honoured: 1 of 3 tasks came", "start_time is honoured: 1 of 3 tasks came",
	}, s.findings[dcsWindow])
}

func TestChecks_failWithoutValuesWhereTheProviderCannotRead(t *testing.T) {
	cloud := open(t)
	t.Setenv("HW_SECRET_KEY", "another-secret-key")
	want := map[string]string{}
	for _, c := range checks() {
		want[c.name] = "Unable to find the project: 401 Unauthorized: APIGW.0301 (a plan with the same variables tells more)"
	}
	delete(want, "public hosts")
	diff(t, "errors", want, outcomes(newSurvey(t, cloud.Transport())))
}

// TestVariables_areThoseOfTheDocumentation keeps CONTRIBUTING.md complete.
func TestVariables_areThoseOfTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{endpoints}
	for _, c := range checks() {
		names = append(names, c.needs...)
	}
	for _, name := range names {
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("CONTRIBUTING.md does not tell of %s", name)
		}
	}
}
