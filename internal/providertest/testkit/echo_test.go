// SPDX-License-Identifier: MPL-2.0

package testkit

import "testing"

// TestSearched_findsEachEcho shows that the search finds a secret in each encoding.
func TestSearched_findsEachEcho(t *testing.T) {
	const secret = "fake-temporary-secret"
	for _, e := range Echoes() {
		for _, before := range []string{"", "a", "ab", "abc"} {
			if Search("body: "+e.Encode(before+secret+" more")+".").Leaks(secret) == "" {
				t.Errorf("%s: the secret behind %q is not found", e.Name, before)
			}
		}
	}
	if found := Search("an honest text, with dGV4dCBpbiBiYXNlNjQgd2l0aG91dA== in it").Leaks(secret); found != "" {
		t.Errorf("%s is found where there is no secret", found)
	}
}
