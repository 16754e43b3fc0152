// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// varying matches what differs between runs: durations, the number of polls, and the
// line of the configuration that an error quotes.
var varying = regexp.MustCompile(` after \d+s| \[id=[0-9a-f-]+\]| within \d+m?s?| \(\d+ polls?\)|\(now "\d+m?s?"\)| on main\.tf line \d+, in data "\w+" "\w+": \d+: data "\w+" "\w+" \{`)

func oneLine(text string) string {
	return varying.ReplaceAllString(strings.Join(strings.Fields(text), " "), "")
}

// TestReadme_quickStart pastes the first block of the README into an empty folder,
// initializes it with a provider from a local mirror, and applies it while the
// instance is busy and while it becomes idle. It compares the output with the README.
func TestReadme_quickStart(t *testing.T) {
	t.Parallel()
	readme := pages(t)["README.md"].blocks
	config, success, failure := readme[0].text, readme[2].text, readme[3].text
	w := newWorkspace(t, "", nil)
	w.useMirror(t)
	w.write(t, "main.tf", config)
	if out, code := w.run(t, "init", "-input=false", "-no-color"); code != 0 {
		t.Fatalf("init:\n%s", out)
	}

	w.setTimeout(t, "instance", "1s")
	w.serveTasks(instanceID, dcsTask("EXTEND", "EXECUTING", time.Minute))
	if out := oneLine(w.apply(t, "Error: ", "-var=instance_id="+instanceID)); !strings.Contains(out, oneLine(failure)) {
		t.Errorf("the README shows\n%s\nbut Terraform prints\n%s", oneLine(failure), out)
	}
	w.checkResources(t)

	w.setTimeout(t, "instance", "1m")
	w.serveTimeline(instanceID, fakecloud.TaskListStep{Tasks: []string{dcsTask("EXTEND", "EXECUTING", time.Minute)}},
		fakecloud.TaskListStep{After: time.Second, Tasks: []string{dcsTask("EXTEND", "SUCCESS", time.Minute)}})
	out := oneLine(w.apply(t, "", "-var=instance_id="+instanceID))
	for line := range strings.Lines(success) {
		if strings.HasPrefix(line, "…") || strings.Contains(line, "s elapsed]") {
			continue // printed only in a longer wait
		}
		if !strings.Contains(out, oneLine(line)) {
			t.Errorf("%q is not in:\n%s", line, out)
		}
	}
	w.checkResources(t, "terraform_data.change")
}

// useMirror makes the test program the provider that "terraform init" finds, in the
// version that the README requires.
func (w *workspace) useMirror(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const version = "0.1.0"
	mirror := filepath.Join(w.dir, ".plugins")
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(mirror, registry, "hwtasks", "hwtasks", version, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(self, filepath.Join(folder, program+"_v"+version)); err != nil {
			t.Fatal(err)
		}
	}
	w.write(t, ".plugins/rc", fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(mirror)))
}

// TestQuickStart_isTheSameEverywhere compares the README with the example that the
// provider's page shows.
func TestQuickStart_isTheSameEverywhere(t *testing.T) {
	t.Parallel()
	all := pages(t)
	readme, index := all["README.md"].blocks, all["docs/index.md"].blocks
	if example := read(t, "quick-start/main.tf"); readme[0].text != example {
		t.Errorf("the README shows\n%s", readme[0].text)
	}
	for i := range 4 {
		if index[i].text != readme[i].text {
			t.Errorf("block %d of docs/index.md differs from that of the README:\n%s", i, index[i].text)
		}
	}
}
