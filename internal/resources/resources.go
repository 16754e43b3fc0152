// SPDX-License-Identifier: MPL-2.0

// Package resources offers each source as a resource that only waits: a gate. It
// holds no remote object. Create waits until the task has succeeded, and its
// state is the memory that the gate has passed, so that an expired record or
// missing credentials cannot close it again.
//
// A gate has the arguments of the data source and is, to the engine, a read with
// wait_for = "success": it decides and words nothing itself.
package resources

import (
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
)

// All returns the constructors of all gates, one for each source.
func All() []func() resource.Resource {
	var all []func() resource.Resource
	for _, s := range datasources.Sources() {
		all = append(all, func() resource.Resource { return &gateResource{source: s} })
	}
	return all
}
