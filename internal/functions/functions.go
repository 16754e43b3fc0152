// SPDX-License-Identifier: MPL-2.0

// Package functions holds the functions that the provider offers to
// configurations, for what the APIs send as text: times in eight forms, and
// details in two notations. The data sources leave both as they are, since a
// zone or a type that a service does not tell would be invented; here the user
// who knows better says so in the call.
//
// A function is pure: it needs no settings of the provider and no network, so
// it works in a plan without credentials, and returns the same for the same
// arguments. Each is a type of its own in a file of its own (rfc3339.go,
// decode_detail.go) that describes it and fetches its arguments; the reading is
// plain Go behind it: timestamp.go for times, detail_json.go and detail_dcs.go
// for the two notations of details. All sentences of errors are in
// diagnostics.go.
//
// To add another one: a file here; a line in All; a folder in
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

// needs ends the description of each function.
const needs = "Functions of providers need Terraform 1.8 or OpenTofu 1.7."

// pattern is a regular expression that is compiled at its first use: few plans
// call a function, and all of them start the provider.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
