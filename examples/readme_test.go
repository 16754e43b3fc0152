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
)

// varying is what differs from run to run: the durations, the number of polls,
// and the line of the configuration that an error quotes.
var varying = regexp.MustCompile(` after \d+s| within \d+m?s?| \(\d+ polls?\)|\(now "\d+m?s?"\)| on main\.tf line \d+, in data "\w+" "\w+": \d+: data "\w+" "\w+" \{`)

func oneLine(text string) string {
	return varying.ReplaceAllString(strings.Join(strings.Fields(text), " "), "")
}

// TestReadme_firstScreen pastes the first block of the README into an empty
// folder, initializes it with a provider from a local mirror, and applies it
// while the instance is idle, becomes idle, and remains busy. What Terraform
// prints must contain what the README shows.
func TestReadme_firstScreen(t *testing.T) {
	t.Parallel()
	readme := pages(t)["README.md"]
	config, opened, closed := readme.blocks[0], readme.blocks[2], readme.blocks[3]
	s := set(t, "", nil)
	mirror(t, s)
	s.write(t, "main.tf", config.text)
	if out, code := s.run(t, "init", "-input=false", "-no-color"); code != 0 {
		t.Fatalf("init:\n%s", out)
	}
	apply := []string{"apply", "-auto-approve", "-input=false", "-no-color", "-var=instance_id=" + instanceID}

	s.write(t, "hurry_override.tf", hurried("1s"))
	s.cloud.ServeTasks(projectID, instanceID, timeline(from(0, dcsTask("EXTEND", "EXECUTING", time.Minute))))
	out, _ := s.run(t, apply...)
	if want := oneLine(closed.text); !strings.Contains(oneLine(out), want) {
		t.Errorf("the README shows\n%s\nand Terraform prints\n%s", want, oneLine(out))
	}
	s.has(t)

	s.write(t, "hurry_override.tf", hurried("1m"))
	s.cloud.ServeTasks(projectID, instanceID, timeline(from(0, dcsTask("EXTEND", "EXECUTING", time.Minute)), from(time.Second, dcsTask("EXTEND", "SUCCESS", time.Minute))))
	out, _ = s.run(t, apply...)
	for line := range strings.Lines(opened.text) {
		if strings.HasPrefix(line, "…") || strings.Contains(line, "s elapsed]") {
			continue // only a longer wait prints these
		}
		if !strings.Contains(oneLine(out), oneLine(line)) {
			t.Errorf("%q is not in:\n%s", line, out)
		}
	}
	s.has(t, "terraform_data.change")
}

func hurried(timeout string) string {
	return fmt.Sprintf("data \"hwtasks_dcs_background_tasks\" \"instance\" {\n  timeouts      = { read = %q }\n}\n", timeout)
}

// mirror makes this program the provider that init finds, under the version that
// the README requires.
func mirror(t *testing.T, s *stage) {
	t.Helper()
	this, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const version = "0.1.0"
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(s.dir, ".plugins", registry, "hwtasks", "hwtasks", version, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(this, filepath.Join(folder, program+"_v"+version)); err != nil {
			t.Fatal(err)
		}
	}
	s.write(t, ".plugins/rc", fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(filepath.Join(s.dir, ".plugins"))))
}

// TestFirstScreen_isTheSameEverywhere compares the README with the example that
// the provider's page shows.
func TestFirstScreen_isTheSameEverywhere(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile(filepath.Join("quick-start", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	all := pages(t)
	readme, index := all["README.md"].blocks, all["docs/index.md"].blocks
	if readme[0].text != string(example) {
		t.Errorf("the README shows\n%s", readme[0].text)
	}
	for i := range 4 {
		if index[i].text != readme[i].text {
			t.Errorf("block %d of docs/index.md differs from that of the README:\n%s", i, index[i].text)
		}
	}
}
