// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// mistake is a provider configuration, or an issuer of credentials, that is wrong
// before the first request to a task API.
type mistake struct {
	what     string // in the guide's words
	handling handling
	settings args
	proxy    string // HTTPS_PROXY
	noHome   bool   // HOME is not set
	cloud    func(*fakecloud.Cloud)
	fail     string // path of which the requests get no response

	summary string // of the error, "" for none
	sent    bool   // a request was sent before the error
}

func mistakes() []mistake {
	const secret = "FAKESECRET"
	// alone are settings without the keys of all tests.
	alone := func(name string, value any) args { return args{"access_key": nil, "secret_key": nil, name: value} }
	without := alone("access_key", nil)
	lineBreak := func(name string, settings args) mistake {
		return mistake{what: "A line break or control character in a secret", handling: permanent, settings: settings, summary: "Invalid provider argument " + name}
	}
	endpoint := func(url string) mistake {
		return mistake{what: "An endpoint that is not a URL", handling: permanent, settings: args{"endpoints": args{"dcs": url}}, summary: "Invalid endpoint"}
	}
	federation := alone("assume_role_with_oidc", []args{{"idp_id": "ci", "id_token": secret}})
	issued := fakecloud.Keys{AccessKey: "FAKEISSUED", SecretKey: "fake-issued-secret", SecurityToken: "fake-issued-token"}
	metadata := func(c *fakecloud.Cloud) {
		c.ServeMetadata(fakecloud.Metadata{WithoutToken: true, Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued}, Lifetime: time.Hour}})
	}
	const noToken = "The metadata service of an ECS issues no token"
	return []mistake{
		lineBreak("access_key", args{"access_key": secret + "\n"}), lineBreak("secret_key", args{"secret_key": secret + "\r"}),
		lineBreak("security_token", args{"security_token": secret + "\x00"}), lineBreak("token", alone("token", secret+"\n")),
		endpoint("https://https://dcs.example.com"), endpoint("https://dcs.example.com:443:443"), endpoint("https://dcs.example.com:99999"),
		{what: "A proxy variable that is not a URL", handling: permanent, proxy: "http://user:" + secret + "@a b", summary: "Invalid proxy"},
		{
			what: "A file in an unknown home directory", handling: permanent, noHome: true,
			settings: alone("profile", "ops"), summary: "Unable to use profile",
		},
		{what: "The identity provider or its token is unknown to IAM", handling: permanent, settings: federation, summary: "Unable to get credentials", sent: true},
		{what: noToken, handling: refreshed, settings: without, cloud: metadata, sent: true},
		{what: noToken, handling: refreshed, settings: without, cloud: metadata, fail: fakecloud.MetadataTokenPath, sent: true},
	}
}

// TestConfiguration_mistakes cannot run in parallel, since it sets environment
// variables.
func TestConfiguration_mistakes(t *testing.T) {
	all := quotesOf(t)
	for _, m := range mistakes() {
		t.Run(m.what, func(t *testing.T) {
			t.Setenv("HTTPS_PROXY", m.proxy)
			if m.noHome {
				t.Setenv("HOME", "") // so that it is restored
				if err := os.Unsetenv("HOME"); err != nil {
					t.Fatal(err)
				}
			}
			got, sent := m.read(t)
			testkit.Diff(t, "a request was sent", m.sent, sent > 0)
			if m.summary == "" {
				testkit.Diff(t, "errors", []providertest.Diagnostic(nil), got)
				return
			}
			if len(got) != 1 || got[0].Summary != m.summary {
				t.Fatalf("the errors are %+v, want %q", got, m.summary)
			}
			if strings.Contains(got[0].Detail, "FAKESECRET") {
				t.Errorf("the error shows the value: %s", got[0].Detail)
			}
			all[m.what].find(t, got[0].Detail)
		})
	}
	for _, m := range mistakes() {
		if m.summary != "" {
			all[m.what].check(t)
		}
	}
}

// read connects a provider and reads a job. It returns the errors, and how many
// requests were sent.
func (m mistake) read(t *testing.T) (errs []providertest.Diagnostic, sent int) {
	t.Helper()
	cloud := fakecloud.New(providertest.Keys())
	if m.cloud != nil {
		m.cloud(cloud)
	}
	job := providertest.SourceNamed("dcs_job")
	cloud.Serve(job.Path(), job.In("succeeded"))
	synctest.Test(t, func(t *testing.T) {
		constructor := provider.NewWithTransport("test", unreachable{cloud.Transport(), m.fail})
		server, wrong := providertest.Connect(t, constructor, providertest.Settings().With(m.settings))
		if errs = wrong; errs == nil {
			errs = server.Read(t, job.Name, job.Args).Diagnostics
		}
	})
	return errs, len(cloud.Requests())
}

// unreachable is a network in which the requests for one path get no response.
type unreachable struct {
	http.RoundTripper
	path string
}

// RoundTrip implements http.RoundTripper.
func (u unreachable) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == u.path {
		return nil, errors.New("connection reset by peer")
	}
	return u.RoundTripper.RoundTrip(r)
}
