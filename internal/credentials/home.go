// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

const inHome = "~/" // begins the path of a file in the home directory

var errNoHome = errors.New("the home directory is not known")

// expandHome replaces the beginning ~/ of a path, if the home directory is known.
// The working directory never takes its place: Terraform runs where others may
// have put files.
func expandHome(path string) string {
	rest, ok := strings.CutPrefix(path, inHome)
	home, err := os.UserHomeDir()
	if !ok || err != nil || !filepath.IsAbs(home) {
		return path
	}
	return filepath.Join(home, rest)
}

// readFile reads a file, whose path may begin with ~/.
func readFile(path string) ([]byte, error) {
	path = expandHome(path)
	if strings.HasPrefix(path, inHome) {
		return nil, errNoHome
	}
	return os.ReadFile(path)
}
