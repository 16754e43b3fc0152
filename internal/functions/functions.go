// SPDX-License-Identifier: MPL-2.0

// Package functions has the provider's functions. They convert what the APIs send
// as text: times in eight formats, and details in two notations. The data sources
// leave this text as it is, because a time zone or a type that the API does not
// report would be a guess; the caller of a function can supply it.
//
// A function needs neither provider settings nor the network. Each has a file with
// its definition (rfc3339.go, decode_detail.go) and plain Go code behind it:
// timestamp.go for times, detail_json.go and detail_dcs.go for details.
// diagnostics.go has all error messages.
//
// To add a function, add a file here, a line in All, and a folder in
// examples/functions.
package functions

import (
	"regexp"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

// All returns the constructors of all functions.
func All() []func() function.Function {
	return []func() function.Function{
		func() function.Function { return rfc3339{} },
		func() function.Function { return decodeDetail{} },
	}
}

// requirements ends the description of each function.
const requirements = "Provider-defined functions require Terraform 1.8 or OpenTofu 1.7."

// pattern returns a regular expression that is compiled at its first use, because
// Terraform starts the provider for every plan, and few plans call a function.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
