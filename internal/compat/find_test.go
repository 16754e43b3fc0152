// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind_leavesOutWhatIsMissingOrThereTwice(t *testing.T) {
	dir := t.TempDir()
	for name, answer := range map[string]string{"oldest": "Terraform v1.5.7", "terraform": "Terraform v1.5.7", "built": "OpenTofu v1.12.6"} {
		script := "#!/bin/sh\necho '" + answer + "'\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)

	var b strings.Builder
	engines, err := find(t.Context(), log.New(&b, "", 0), []string{filepath.Join(dir, "oldest"), "terraform", "tofu", filepath.Join(dir, "built")})
	if err != nil {
		t.Fatal(err)
	}
	if len(engines) != 2 || engines[0].String() != "Terraform 1.5.7" || engines[1].String() != "OpenTofu 1.12.6" {
		t.Errorf("got %v", engines)
	}
	want := "Left out: terraform is Terraform 1.5.7, which is tested already.\nLeft out: there is no tofu on PATH.\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	for _, wrong := range [][]string{nil, {"tofu"}, {filepath.Join(dir, "nothing")}} {
		if engines, err := find(t.Context(), log.New(&b, "", 0), wrong); err == nil {
			t.Errorf("%q gives %v and no error", wrong, engines)
		}
	}
}
