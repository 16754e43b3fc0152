// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"io"
	"log"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// TestLog_requests: each has its response, or the error instead of one.
func TestLog_requests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud, written := fakecloud.New(keys), &logs{}
		cloud.AddProject(ownRegion, ownProject)
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Delay: 250 * time.Millisecond})
		cloud.Fail(jobPath, fakecloud.Fault{Kind: fakecloud.Reset})
		s, wrong := providertest.ConnectWithin(t, written.within, NewWithTransport("test", cloud.Transport()),
			permanentKeys.With(args{"region": ownRegion, "max_retries": 0}))
		diff(t, "diagnostics of the configuration", []diagnostic(nil), wrong)
		if got := s.Read(t, "dcs_job", args{"job_id": jobID}); got.Diagnostics == nil {
			t.Error("the read succeeded")
		}
		lines, err := tflogtest.MultilineJSONDecode(&written.text)
		if err != nil {
			t.Fatal(err)
		}
		var requests []map[string]any
		for _, line := range lines {
			if line["@module"] == "provider" {
				delete(line, "@module")
				requests = append(requests, line)
			}
		}
		diff(t, "log", []map[string]any{
			{
				"@level": "debug", "@message": "Request to Huawei Cloud", "method": "GET", "url": "https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4",
				"status": 200.0, "duration_ms": 250.0, "request_id": "00000000000000000000000000000001",
			},
			{
				"@level": "debug", "@message": "Request to Huawei Cloud without a response", "method": "GET", "url": "https://dcs.cn-north-4.myhuaweicloud.com" + jobPath,
				"duration_ms": 0.0, "error": "read tcp: read: connection reset by peer",
			},
		}, requests)
	})
}

// TestInsecure skips the verification on a real connection to a server with an
// untrusted certificate.
func TestInsecure(t *testing.T) {
	cloud := fakecloud.New(keys)
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	server := httptest.NewUnstartedServer(cloud)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that the client ends
	server.StartTLS()
	t.Cleanup(server.Close)
	block := permanentKeys.With(args{"region": ownRegion, "project_id": ownProject, "max_retries": 0, "endpoints": args{"dcs": server.URL}})
	for insecure, want := range map[bool]string{true: "", false: "tls: failed to verify certificate: x509: certificate signed by unknown authority"} {
		s, wrong := providertest.Connect(t, New("test"), block.With(args{"insecure": insecure}))
		if warned := len(wrong) == 1 && strings.HasPrefix(wrong[0].Summary, "WARNING: "); warned != insecure {
			t.Errorf("insecure = %t: the configuration has %v", insecure, wrong)
		}
		got := s.Read(t, "dcs_job", args{"job_id": jobID})
		if want == "" {
			diff(t, "diagnostics", []diagnostic(nil), got.Diagnostics)
			diff(t, "state", "succeeded", got.State["state"])
			continue
		}
		if len(got.Diagnostics) != 1 || !strings.Contains(got.Diagnostics[0].Detail, want) {
			t.Errorf("the read has %v, want %q", got.Diagnostics, want)
		}
	}
}
