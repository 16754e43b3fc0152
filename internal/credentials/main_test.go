// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

const (
	region  = "cn-north-4"
	jobPath = "/v2/05f2cff45100d5112f4bc00b794ea08e/jobs/ff8080818822bbf70188235afc24141a"
	podURI  = "http://169.254.0.1" + fakecloud.PodIdentityPath
)

var (
	keys    = Credentials{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}
	issued1 = fakecloud.Keys{AccessKey: "FAKEISSUED1", SecretKey: "fake-issued-secret-1", SecurityToken: "fake-issued-token-1"}
	issued2 = fakecloud.Keys{AccessKey: "FAKEISSUED2", SecretKey: "fake-issued-secret-2", SecurityToken: "fake-issued-token-2"}
	lender  = fakecloud.Agency{
		Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued1, issued2}, Lifetime: time.Hour},
		Name:   "lender", DomainName: "other", DomainID: "f0f0",
	}
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newCloud returns a cloud with a job that accepts keys.
func newCloud() *fakecloud.Cloud {
	cloud := fakecloud.New(fakecloud.Keys{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey})
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	return cloud
}

func networkOf(cloud http.RoundTripper) *transport.Network {
	return &transport.Network{Transport: cloud, Direct: cloud}
}

// newClient returns a client that authorizes its requests by a provider.
func newClient(network *transport.Network, p Provider) *transport.Client {
	return &transport.Client{Network: network, Credentials: NewCache(p, region)}
}

// agency returns the agency's provider, which is asked with base.
func agency(network *transport.Network, base Provider, role AssumeRole) Provider {
	return Agency{AssumeRole: role, OwnRegion: region, Base: newClient(network, base)}
}

var throughIAM = AssumeRole{AgencyName: "lender", DomainName: "other"}

// readJob reads the job in a region.
func readJob(t *testing.T, c *transport.Client, region string) error {
	t.Helper()
	var response struct{ transport.ErrorBody }
	return transport.Do(t.Context(), c, transport.Request{Service: transport.DCS, Region: region, Path: jobPath}, &response)
}

// requests returns the log of a cloud: method, host, path, and what authorized each request.
func requests(cloud *fakecloud.Cloud) []string {
	var all []string
	for _, r := range cloud.Requests() {
		all = append(all, r.Method+" "+r.Host+r.Path+authorized(r))
	}
	return all
}

func authorized(r fakecloud.Request) string {
	switch {
	case r.ByToken:
		return " by a token"
	case r.AccessKey != "":
		return " by " + r.AccessKey
	default:
		return ""
	}
}

// textOf returns the text of an error, "" for nil.
func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// write writes a file and returns its path.
func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// diff compares whole values.
func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got, cmp.Comparer(func(x, y Credentials) bool { return x == y })); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
}
