// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"errors"
	"flag"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

var update = flag.Bool("update", false, "rewrite testdata/report.txt")

// performAll performs checks and returns the errors.
func performAll(s *survey, checks []check) map[string]string {
	all := map[string]string{}
	for _, c := range checks {
		if err := c.perform(s); err != nil {
			all[c.name] = err.Error()
		}
	}
	return all
}

// withoutDomain is a network in which the hosts of a domain do not exist.
type withoutDomain struct {
	domain string
	next   http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (w withoutDomain) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Host, w.domain) {
		return nil, &net.DNSError{Err: "no such host", Name: r.URL.Host, IsNotFound: true}
	}
	return w.next.RoundTrip(r)
}

// TestReport_answersTheQuestions performs all checks against the fake cloud, and
// compares the whole report.
func TestReport_answersTheQuestions(t *testing.T) {
	cloud := open(t)
	want, err := os.ReadFile("testdata/report.txt")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(month)
		s := newSurvey(t, withoutDomain{"myhuaweicloud.cn", cloud.Transport()})
		testkit.Diff(t, "errors", map[string]string{}, performAll(s, checks()))
		if *update {
			if err := os.WriteFile("testdata/report.txt", []byte(s.report()), 0o644); err != nil {
				t.Error(err)
			}
		}
		testkit.Diff(t, "report", string(want), s.report())
	})
}

// TestReport_includesNoValue searches the report for every text of every response,
// and for every variable.
func TestReport_includesNoValue(t *testing.T) {
	cloud := open(t)
	// Values where statuses, codes, and names of fields are expected.
	job, backups := providertest.SourceNamed("dcs_job"), providertest.SourceNamed("cce_snapshot_tasks")
	cloud.Serve(job.Path(), fakecloud.Response{
		Body: `{"job_id":"` + providertest.JobID + `","status":"host-172-16-13-211","begin_time":"henry, at noon","host-172-16-13-212":1,"owner":{"alice":"bob"},"job_type":"carol","fail_reason":"dave"}`,
	})
	cloud.Serve(backups.Path(), fakecloud.Response{
		Status: http.StatusForbidden, Body: `{"error_code":"erin.10.1.2.3","error_msg":"frank may not","10.1.2.4":{"grace":1}}`,
	})
	var failures map[string]string
	var report string
	synctest.Test(t, func(t *testing.T) {
		s := newSurvey(t, cloud.Transport())
		failures = performAll(s, checks())
		report = s.report()
	})
	for _, failure := range failures {
		report += failure
	}
	secrets := []string{providertest.Keys().AccessKey, providertest.Keys().SecretKey, providertest.ProjectID, "alice", "bob", "carol", "dave", "erin", "frank", "grace", "henry", "payroll"}
	for _, c := range checks() {
		for _, name := range c.needs {
			if name != region && name != dwsAction {
				secrets = append(secrets, os.Getenv(name))
			}
		}
	}
	all := strings.Join(dcsTaskBodies(), "")
	for _, body := range bodies() {
		all += body
	}
	for _, found := range regexp.MustCompile(`"((?:[^"\\]|\\.)*)"(\s*:)?`).FindAllStringSubmatch(all, -1) {
		// The report may have names of fields, statuses, and texts as short as "67".
		if text := found[1]; found[2] == "" && len(text) > 4 && !statusForm.MatchString(text) && text != os.Getenv(region) {
			secrets = append(secrets, text)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(report, secret) {
			t.Errorf("the report includes %q", secret)
		}
	}
	if found := regexp.MustCompile(`172[.-]16|10\.\d|[0-9a-f]{32}|[0-9a-f]{8}-|\p{Han}`).FindString(report); found != "" {
		t.Errorf("the report includes %q", found)
	}
	testkit.Diff(t, "errors", map[string]string{
		"dcs_job":            "the provider does not recognize a status or a time: see the report",
		"cce_snapshot_tasks": "Unable to read CCE snapshot task: 403 Forbidden (a plan with the same variables shows more)",
	}, failures)
}

func TestWithhold_removesWhatLooksLikeASecret(t *testing.T) {
	open(t)
	for text, want := range map[string]string{
		"status 200 (3)":                           "status 200 (3)",
		"9999-99-99 99:99:99.9 +0800 CST":          "9999-99-99 99:99:99.9 +0800 CST",
		"dws.cn-north-4.myhuaweicloud.com":         "dws.cn-north-4.myhuaweicloud.com",
		"code 111404070":                           "code 111404070",
		"x " + providertest.InstanceID + " y":      "x (withheld) y",
		"x " + providertest.TaskID + " y":          "x (withheld) y",
		"from 10.1.2.3 to 10.1.2.4":                "from (withheld) to (withheld)",
		"by alice@example.com":                     "by (withheld)",
		"FAKEACCESSKEY fake-secret-key cn-north-4": "(withheld) (withheld) cn-north-4",
	} {
		testkit.Diff(t, text, want, withhold(text))
	}
}

func TestChecks_areSkippedWithoutTheirVariables(t *testing.T) {
	cloud := open(t)
	for _, c := range checks() {
		for _, name := range c.needs {
			t.Setenv(name, "")
		}
	}
	s := newSurvey(t, cloud.Transport())
	for _, c := range checks() {
		var skip skipped
		if err := c.perform(s); !errors.As(err, &skip) || err.Error() != c.needs[0]+" is not set" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	testkit.Diff(t, "requests", 0, len(cloud.Requests()))
	if report := s.report(); !strings.Contains(report, "Nothing was read.") || strings.Count(report, "no answer; it needs ") != len(questions()) {
		t.Errorf("the report of nothing is\n%s", report)
	}
}

// TestChecks_useTheGivenEndpoints over a socket, with an IAM token.
func TestChecks_useTheGivenEndpoints(t *testing.T) {
	cloud := open(t)
	cloud.AcceptToken("a-token")
	server := httptest.NewServer(cloud)
	t.Cleanup(server.Close)
	urls := []string{"iam=" + server.URL}
	for _, s := range providertest.Sources() {
		if url := s.Service + "=" + server.URL; !slices.Contains(urls, url) {
			urls = append(urls, url)
		}
	}
	for name, value := range map[string]string{endpoints: strings.Join(urls, ", "), "HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HW_AUTH_TOKEN": "a-token"} {
		t.Setenv(name, value)
	}
	quick := slices.DeleteFunc(checks(), func(c check) bool { return c.name == otherActions }) // which waits in real time
	socket := &http.Transport{}
	t.Cleanup(socket.CloseIdleConnections)
	testkit.Diff(t, "errors", map[string]string{
		"public hosts": "the public hosts mean nothing with HWTASKS_ACC_ENDPOINTS or HW_CLOUD",
	}, performAll(newSurvey(t, network{proxied: socket, direct: socket}), quick))
}

func TestChecks_failWithoutValues(t *testing.T) {
	cloud := open(t)
	t.Setenv("HW_SECRET_KEY", "another-secret-key")
	want := map[string]string{}
	for _, c := range checks() {
		want[c.name] = "Unable to find the project: 401 Unauthorized: APIGW.0301 (a plan with the same variables shows more)"
	}
	delete(want, "public hosts")
	testkit.Diff(t, "errors", want, performAll(newSurvey(t, cloud.Transport()), checks()))
}

// TestVariables_areDocumented in CONTRIBUTING.md.
func TestVariables_areDocumented(t *testing.T) {
	t.Parallel()
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
			t.Errorf("CONTRIBUTING.md does not mention %s", name)
		}
	}
}

// TestQuestions_areDocumented in the guide "Status", which has no others.
func TestQuestions_areDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../templates/guides/status.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	_, guide, _ := strings.Cut(string(text), "## Open questions")
	for _, q := range questions() {
		row := "| " + q.text + " | " + regexp.MustCompile(`\bHW[A-Z_]+`).ReplaceAllString(q.needs, "`$0`") + " |\n"
		if !strings.Contains(guide, row) {
			t.Errorf("the guide has no row\n%s", row)
		}
	}
	testkit.Diff(t, "rows", len(questions())+2, strings.Count(guide, "\n| ")+strings.Count(guide, "\n|--"))
}
