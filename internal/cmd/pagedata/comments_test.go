// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLiftComments(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		"```terraform\nlocals {\n  # inner\n}\n```\n":                          "```terraform\nlocals {\n  # inner\n}\n```\n",
		"a\n\n```terraform\n# One\n# two.\nlocals {}\n```\n":                   "a\n\nOne\ntwo.\n\n```terraform\nlocals {}\n```\n",
		"```terraform\n# Run:\n#\n#   make\n#   ls\nlocals {}\n```\n":          "Run:\n\n```sh\nmake\nls\n```\n\n```terraform\nlocals {}\n```\n",
		"```terraform\n# Run:\n#\n#   make\n#\n# Then wait.\nlocals {}\n```\n": "Run:\n\n```sh\nmake\n```\n\nThen wait.\n\n```terraform\nlocals {}\n```\n",
	} {
		if difference := cmp.Diff(want, liftComments(page)); difference != "" {
			t.Errorf("%q (-want +got):\n%s", page, difference)
		}
	}
}
