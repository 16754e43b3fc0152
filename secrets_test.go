// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// TestSecrets_notShown searches the output, log, and state of Terraform: after a
// successful apply, after the service echoes all headers in each encoding, after the
// gateway rejects requests and returns what was signed, and with an invalid provider
// block.
func TestSecrets_notShown(t *testing.T) {
	temporary := fakecloud.Keys{AccessKey: "FAKETEMPORARY", SecretKey: "fake-temporary-secret", SecurityToken: "fake-security-token"}
	issued := fakecloud.Keys{AccessKey: "FAKEISSUED", SecretKey: "fake-issued-secret", SecurityToken: "fake-issued-token"}
	federated := fakecloud.Keys{AccessKey: "FAKEFEDERATED", SecretKey: "fake-federated-secret", SecurityToken: "fake-federated-token"}
	const token, idToken = "fake-iam-token", "fake-id-token"
	secrets := []string{token, idToken, "Signature=", "SDK-HMAC-SHA256"}
	for _, k := range []fakecloud.Keys{keys, temporary, issued, federated} {
		secrets = append(secrets, k.AccessKey, k.SecretKey)
		if k.SecurityToken != "" {
			secrets = append(secrets, k.SecurityToken)
		}
	}

	cloud := fakecloud.New(keys, temporary)
	cloud.AcceptToken(token)
	cloud.AddProject("cn-north-4", projectID)
	cloud.AddAgency(fakecloud.Agency{Name: "lender", DomainName: "other", Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued}, Lifetime: time.Hour}})
	cloud.AddIdentityProvider(fakecloud.IdentityProvider{ID: "ci", IDTokens: []string{idToken}, Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{federated}, Lifetime: time.Hour}})
	job := fakecloud.JobPath(projectID, jobID)
	cloud.Serve(job, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	w := newWorkspace(t, cloud, "")
	var echoed atomic.Int32 // the status of an echo, 0 for none
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if status := int(echoed.Load()); status != 0 && r.URL.Path == job {
			echo(rw, r, status)
			return
		}
		cloud.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	log := filepath.Join(w.dir, "log")
	t.Setenv("TF_LOG_PROVIDER", "TRACE")
	t.Setenv("TF_LOG_PATH", log)

	// run returns the output of Terraform, and searches it, the log, and the state.
	run := func(command, config string, flags ...string) string {
		t.Helper()
		write(t, filepath.Join(w.dir, "main.tf"), "terraform {\n  required_providers { hwtasks = { source = \"hwtasks/hwtasks\" } }\n}\n"+config)
		out, err := w.terraform(t, command, nil, flags...)
		if failed := err != nil; failed != strings.Contains(out, "Error: ") {
			t.Errorf("%s: %v", command, err)
		}
		for name, text := range map[string]string{"output": out, "log": content(t, log), "state": content(t, filepath.Join(w.dir, "terraform.tfstate"))} {
			searched := testkit.Search(text)
			for _, secret := range secrets {
				if found := searched.Leaks(secret); found != "" {
					t.Errorf("%s is (%s) in the %s:\n%s", secret, found, name, text)
				}
			}
		}
		return out
	}
	reader := func(alias, credentials string) string {
		return fmt.Sprintf(`
provider "hwtasks" {
  alias       = %[1]q
  region      = "cn-north-4"
  max_retries = 0
  endpoints   = { for service in ["dcs", "iam"] : service => %[2]q }
  %[3]s
}
data "hwtasks_dcs_job" %[1]q {
  provider = hwtasks.%[1]s
  job_id   = %[4]q
}
`, alias, server.URL, credentials, jobID)
	}
	pair := func(k fakecloud.Keys) string {
		return fmt.Sprintf("access_key = %q\n  secret_key = %q\n", k.AccessKey, k.SecretKey)
	}
	all := reader("permanent", pair(keys)) + reader("token", fmt.Sprintf("token = %q", token)) +
		reader("temporary", pair(temporary)+fmt.Sprintf("  security_token = %q\n", temporary.SecurityToken)) +
		reader("agency", pair(keys)+"  assume_role {\n    agency_name = \"lender\"\n    domain_name = \"other\"\n  }\n") +
		reader("pipeline", fmt.Sprintf("assume_role_with_oidc {\n    idp_id   = \"ci\"\n    id_token = %q\n  }\n", idToken))

	if out := run("apply", all, "-auto-approve"); !strings.Contains(out, "Apply complete!") {
		t.Fatalf("apply:\n%s", out)
	}
	if state := content(t, filepath.Join(w.dir, "terraform.tfstate")); strings.Count(state, "masterStandbySwapJob") < 5 {
		t.Errorf("the state does not contain five jobs:\n%s", state)
	}
	if lines := strings.Count(content(t, log), "Request to Huawei Cloud"); lines < 9 {
		t.Errorf("the log has %d requests, want at least 9", lines)
	}

	echoed.Store(http.StatusOK)
	if out := run("apply", all, "-auto-approve"); !strings.Contains(out, "Apply complete!") {
		t.Errorf("the apply with an echo has failed:\n%s", out)
	}
	if state := content(t, filepath.Join(w.dir, "terraform.tfstate")); strings.Count(state, "(redacted)") < 5 {
		t.Errorf("the state does not contain five redacted echoes:\n%s", state)
	}
	echoed.Store(http.StatusForbidden)
	if out := run("plan", all); strings.Count(out, "(redacted)") < 5 {
		t.Errorf("the errors do not contain five redacted echoes:\n%s", out)
	}
	echoed.Store(0)

	for _, k := range []fakecloud.Keys{keys, temporary} {
		k.SecretKey = "another"
		cloud.Accept(k)
	}
	if out := run("plan", all); strings.Count(out, "canonicalRequest") != 3 {
		t.Errorf("the gateway did not return what was signed:\n%s", out)
	}

	out := run("plan", reader("half", fmt.Sprintf("secret_key = %q", keys.SecretKey))+
		reader("two", pair(temporary)+fmt.Sprintf("  token = %q", token))+
		reader("bare", fmt.Sprintf("security_token = %q", temporary.SecurityToken)))
	for summary, times := range map[string]int{"Error: Incomplete credentials": 3, "Error: Conflicting credentials": 1} {
		if strings.Count(out, summary) != times {
			t.Errorf("want %d times %q:\n%s", times, summary, out)
		}
	}
}

// echo responds with all headers of a request in each encoding.
func echo(w http.ResponseWriter, r *http.Request, status int) {
	var headers, all strings.Builder
	_ = r.Header.Write(&headers) // a strings.Builder returns no error
	for _, e := range testkit.Echoes() {
		all.WriteString(e.Encode(headers.String()) + "\n")
	}
	text, _ := json.Marshal(all.String()) // a string always has its JSON
	w.Header().Set("X-Request-Id", url.QueryEscape(headers.String()))
	w.WriteHeader(status)
	if status == http.StatusOK {
		_, _ = fmt.Fprintf(w, `{"job_id":%q,"status":"FAIL","fail_reason":%s}`, jobID, text)
		return
	}
	_, _ = fmt.Fprintf(w, `{"error_code":"X.1","error_msg":%s}`, text)
}

// content returns the content of a file, "" if it does not exist.
func content(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}
