// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// connect configures a provider that reaches the cloud.
func connect(t *testing.T, cloud *fakecloud.Cloud, block args) (*providertest.Server, []diagnostic) {
	t.Helper()
	return providertest.Connect(t, NewWithTransport("test", cloud.Transport()), block)
}

// requests returns the log of a cloud: method, host, path, and what authorized
// each request.
func requests(cloud *fakecloud.Cloud) []string {
	var all []string
	for _, r := range cloud.Requests() {
		text := r.Method + " " + r.Host + r.Path
		switch {
		case r.ByToken:
			text += " by a token"
		case r.AccessKey != "":
			text += " by " + r.AccessKey
		}
		all = append(all, text)
	}
	return all
}

// TestAuthentication_methods: the cloud checks each signature.
func TestAuthentication_methods(t *testing.T) {
	for _, m := range methods(t) {
		t.Run(m.name, func(t *testing.T) {
			cloud, block := m.start(t)
			s, wrong := connect(t, cloud, block)
			diff(t, "diagnostics of the configuration", []diagnostic(nil), wrong)
			diff(t, "requests while configuring", 0, len(cloud.Requests()))
			for range 2 { // the second read has the credentials
				got := s.Read(t, "dcs_job", args{"job_id": jobID})
				diff(t, "diagnostics", []diagnostic(nil), got.Diagnostics)
				diff(t, "state", "succeeded", got.State["state"])
			}
			diff(t, "requests", append(m.want, m.want[len(m.want)-1]), requests(cloud))
		})
	}
}

// TestConfigure_makesNoRequest, and fails only when something is read.
func TestConfigure_makesNoRequest(t *testing.T) {
	t.Setenv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/absent/credentials")
	cloud := fakecloud.New()
	s, wrong := connect(t, cloud, args{"region": ownRegion, "project_id": ownProject})
	diff(t, "diagnostics", []diagnostic(nil), wrong)
	diff(t, "requests", 0, len(cloud.Requests()))
	got := s.Read(t, "dcs_job", args{"job_id": jobID})
	if len(got.Diagnostics) != 1 || got.Diagnostics[0].Summary != "Missing credentials" || !strings.Contains(got.Diagnostics[0].Detail, "/absent/credentials: the file does not exist") {
		t.Errorf("the read has %v", got.Diagnostics)
	}
}

func TestUserAgent(t *testing.T) {
	for more, want := range map[string]string{
		"":                "terraform-provider-hwtasks/test Terraform/1.14.0",
		" ":               "terraform-provider-hwtasks/test Terraform/1.14.0",
		" a/1 (b; c)\n\t": "terraform-provider-hwtasks/test Terraform/1.14.0 a/1 (b; c)",
	} {
		t.Run(more, func(t *testing.T) {
			t.Setenv("TF_APPEND_USER_AGENT", more)
			cloud := fakecloud.New(keys)
			cloud.AddProject(ownRegion, ownProject)
			cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			s, _ := connect(t, cloud, permanentKeys.With(args{"region": ownRegion}))
			got := s.Read(t, "dcs_job", args{"job_id": jobID})
			diff(t, "diagnostics", []diagnostic(nil), got.Diagnostics)
			for _, r := range cloud.Requests() {
				diff(t, "agent of "+r.Path, want, r.Header.Get("User-Agent"))
			}
			diff(t, "requests", 2, len(cloud.Requests()))
		})
	}
}
