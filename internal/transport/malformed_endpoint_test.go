// SPDX-License-Identifier: MPL-2.0

package transport

import "testing"

// TestParseEndpoint_doubled: what was pasted twice, or cannot be a port, would
// only be found by requests that fail.
func TestParseEndpoint_doubled(t *testing.T) {
	for text, want := range map[string]string{
		"https://https://dcs.example.com":          "it contains a scheme twice",
		"https://http://dcs.example.com:443":       "it contains a scheme twice",
		"https://dcs.example.com/https://a":        "it contains a scheme twice",
		"https://dcs.{region}.example.com:443:443": "it is not a valid URL",
		"https://dcs.example.com:443https://a":     "it is not a valid URL",
		"https://dcs.example.com:":                 "its port is empty",
		"https://dcs.example.com:0":                "its port is not between 1 and 65535",
		"https://dcs.example.com:65536":            "its port is not between 1 and 65535",
		"https://dcs.example.com:4430000":          "its port is not between 1 and 65535",
		"https://dcs.example.com:-1":               "it is not a valid URL",
		"https://dcs.example.com:65535":            "",
		"https://https.example.com/http":           "",
	} {
		got := ""
		if _, err := ParseEndpoint(DCS, text); err != nil {
			got = err.Error()
		}
		diff(t, text, want, got)
	}
}
