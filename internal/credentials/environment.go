// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"os"
	"path/filepath"
)

// Names are the names under which a source holds credentials, "" for what it
// cannot hold.
type Names struct{ AccessKey, SecretKey, SecurityToken, Token string }

// EnvironmentVariables lists the sets of environment variables that may hold
// credentials. The first set of which any variable is set is used alone. It is
// that of the official provider, the others are those of the SDK.
func EnvironmentVariables() []Names {
	return []Names{
		{"HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_AUTH_TOKEN"},
		{"HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN", ""},
		{"CLOUD_SDK_AK", "CLOUD_SDK_SK", "", ""},
	}
}

// FromEnvironment returns what the first set of environment variables holds, and
// its names; ok is false if none holds anything. The credentials may be
// incomplete.
func FromEnvironment(lookup func(string) (string, bool)) (c Credentials, names Names, ok bool) {
	value := func(name string) string {
		text, _ := lookup(name)
		return text
	}
	for _, names := range EnvironmentVariables() {
		c := Credentials{
			AccessKey: value(names.AccessKey), SecretKey: value(names.SecretKey),
			SecurityToken: value(names.SecurityToken), Token: value(names.Token),
		}
		if c != (Credentials{}) {
			return c, names, true
		}
	}
	return Credentials{}, Names{}, false
}

// home returns the user's home directory, the current directory if there is none.
func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return dir
}

// inHome returns the path of a file below the home directory.
func inHome(elements ...string) string {
	return filepath.Join(append([]string{home()}, elements...)...)
}
