// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

type (
	args       = providertest.Args
	diagnostic = providertest.Diagnostic
)

// The names that all tests share.
const (
	ownRegion    = "cn-north-4"
	otherRegion  = "eu-de"
	ownProject   = "05f2cff45100d5112f4bc00b794ea08e"
	otherProject = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	jobID        = "ff8080818822bbf70188235afc24141a"

	token = "fake-iam-token"
)

var (
	jobPath = fakecloud.JobPath(ownProject, jobID)

	keys      = fakecloud.Keys{AccessKey: "FAKEACCESSKEY", SecretKey: "fake-secret-key"}
	temporary = fakecloud.Keys{AccessKey: "FAKETEMPORARY", SecretKey: "fake-temporary-secret", SecurityToken: "fake-security-token"}
	issued    = fakecloud.Keys{AccessKey: "FAKEISSUED", SecretKey: "fake-issued-secret", SecurityToken: "fake-issued-token"}

	permanentKeys = args{"access_key": keys.AccessKey, "secret_key": keys.SecretKey}
)

// TestMain keeps the developer's own files out of the tests, too.
func TestMain(m *testing.M) {
	home, err := os.MkdirTemp("", "hwtasks-test-")
	if err != nil {
		panic(err)
	}
	_ = os.Setenv("HOME", home)
	testkit.Main(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(home)
		os.Exit(code)
	}))
}

// diff compares whole values.
func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got, cmp.Comparer(func(x, y credentials.Credentials) bool { return x == y })); difference != "" {
		t.Errorf("%s (-want +got):\n%s", what, difference)
	}
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

// profileKeys are those of the profiles that the tests write.
var profileKeys = credentials.Credentials{AccessKey: "FAKEPROFILEKEY", SecretKey: "fake-profile-secret"}

// profileFile writes a configuration of KooCLI with one profile, the current
// one, and returns its path.
func profileFile(t *testing.T, fields map[string]any) string {
	t.Helper()
	p := map[string]any{"name": "default", "mode": "AKSK", "accessKeyId": profileKeys.AccessKey, "secretAccessKey": profileKeys.SecretKey}
	maps.Copy(p, fields)
	content, err := json.Marshal(map[string]any{"current": p["name"], "profiles": []any{p}})
	if err != nil {
		t.Fatal(err)
	}
	return write(t, string(content))
}
