// SPDX-License-Identifier: MPL-2.0

// Package actions offers each source as an action as well: it waits for the
// success of a task when it is invoked, rather than at every plan, and tells
// how the wait goes.
//
// An action takes the arguments of the data source beside it and is, to the
// source, a read with wait_for = "success": nothing about a task is decided or
// worded here.
package actions

import (
	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
)

// All returns the constructors of all actions, one for each data source.
func All() []func() action.Action {
	var all []func() action.Action
	for _, s := range datasources.Sources() {
		all = append(all, func() action.Action { return &await{source: s} })
	}
	return all
}
