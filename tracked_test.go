// SPDX-License-Identifier: MPL-2.0

package main_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// secretForm is the format of a type of secret.
type secretForm struct {
	name    string
	pattern *regexp.Regexp    // with the secret as its first group
	mixed   []func(rune) bool // types of characters that the secret contains
}

func upper(r rune) bool { return unicode.IsUpper(r) }
func lower(r rune) bool { return unicode.IsLower(r) }

// secretForms has the formats of this cloud, and common formats in repositories. The
// characters before and after exclude hashes, which are longer.
func secretForms() []secretForm {
	const before, after = `(?:^|[^A-Za-z0-9+/_-])`, `(?:$|[^A-Za-z0-9+/=_-])`
	alone := func(secret string) *regexp.Regexp { return regexp.MustCompile(before + "(" + secret + ")" + after) }
	return []secretForm{
		{"a private key", regexp.MustCompile(`(-{5}BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-{5})`), nil},
		{"an access key", alone(`[A-Z0-9]{20}`), []func(rune) bool{upper, unicode.IsDigit}},
		{"a secret key", alone(`[A-Za-z0-9]{40}`), []func(rune) bool{upper, lower, unicode.IsDigit}},
		{"an IAM token", alone(`(?:MII|gAAAAA)[A-Za-z0-9+/_-]{100,}={0,2}`), nil},
		{"a security token", alone(`[A-Za-z0-9+/_-]{200,}={0,2}`), []func(rune) bool{upper, lower, unicode.IsDigit}},
		{"a GitHub token", alone(`gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}`), nil},
	}
}

// find returns the offsets of texts with this format, except those that contain
// FAKE.
func (f secretForm) find(text string) []int {
	var found []int
	for _, match := range f.pattern.FindAllStringSubmatchIndex(text, -1) {
		secret := text[match[2]:match[3]]
		lacks := func(kind func(rune) bool) bool { return !strings.ContainsFunc(secret, kind) }
		if !strings.Contains(strings.ToUpper(secret), "FAKE") && !slices.ContainsFunc(f.mixed, lacks) {
			found = append(found, match[2])
		}
	}
	return found
}

// TestFiles_noSecrets searches all files that git tracks or would add.
func TestFiles_noSecrets(t *testing.T) {
	if _, err := os.Stat(".git"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("not a git checkout")
	}
	// By default, git refuses checkouts of other users.
	list, err := exec.Command("git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	secretForms := secretForms()
	names := strings.Split(strings.TrimRight(string(list), "\x00"), "\x00")
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil || bytes.IndexByte(text, 0) >= 0 {
			continue // deleted, or binary
		}
		for _, form := range secretForms {
			for _, at := range form.find(string(text)) {
				t.Errorf("%s:%d: %.4s… looks like %s; invented secrets contain FAKE", name, 1+bytes.Count(text[:at], []byte{'\n'}), text[at:], form.name)
			}
		}
	}
	if len(names) < 100 {
		t.Errorf("git lists only %d files", len(names))
	}
}

// TestSecretForms joins strings, so that this file contains no secrets.
func TestSecretForms(t *testing.T) {
	const ten, twenty = "QZ7WAOYTTI", "a1B2c3D4e5F6g7H8i9J0"
	for text, want := range map[string]string{
		`access_key = "` + ten + ten + `"`:                             "an access key",
		"HW_ACCESS_KEY=" + ten + ten:                                   "an access key",
		`"sk": "` + twenty + twenty + `"`:                              "a secret key",
		"export SK=" + twenty + twenty + "\n":                          "a secret key",
		"-----BEGIN RSA PRIVATE" + " KEY-----":                         "a private key",
		"-----BEGIN PGP PRIVATE" + " KEY BLOCK-----":                   "a private key",
		"X-Auth-Token: MII" + strings.Repeat("aB3/", 40):               "an IAM token",
		strings.Repeat("aB3/", 60) + "==":                              "a security token",
		"token: ghp" + "_" + strings.Repeat("aB3d", 9):                 "a GitHub token",
		`"FAKE` + ten[4:] + ten + `"`:                                  "",
		`"fake` + twenty[4:] + twenty + `"`:                            "",
		"05f2cff45100d5112f4bc00b794ea08e":                             "", // an ID
		"sha1: " + strings.Repeat("0a1b", 10):                          "",
		"h1:" + strings.Repeat("aB3/", 10) + "abc=":                    "", // of go.sum
		"TestDCSTaskProgress_failsTheWaitWithTheReasonOfTheFailedStep": "",
		"20231125170346739012":                                         "",
		"ABCDEFGHIJKLMNOPQRST":                                         "",
	} {
		var got string
		for _, form := range secretForms() {
			if len(form.find(text)) > 0 {
				got = form.name
			}
		}
		if got != want {
			t.Errorf("%s is recognized as %q, want %q", text, got, want)
		}
	}
}
