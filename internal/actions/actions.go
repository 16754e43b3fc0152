// SPDX-License-Identifier: MPL-2.0

// Package actions offers each source as an action: it waits for the success of a
// task when it is invoked, rather than at every plan, and reports its progress.
//
// An action has the arguments of the data source and is, to the engine, a read
// with wait_for = "success": it decides and words nothing itself.
package actions

import (
	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
)

// All returns the constructors of all actions, one for each source.
func All() []func() action.Action {
	var all []func() action.Action
	for _, s := range datasources.Sources() {
		all = append(all, func() action.Action { return &await{source: s} })
	}
	return all
}
