// SPDX-License-Identifier: MPL-2.0

package client

import (
	"slices"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// MissingParent returns what an error says is missing instead of the task:
// "cluster", "instance", or "" for neither.
func MissingParent(e *transport.Error) string {
	switch {
	case slices.Contains(noDWSCluster, e.Code), e.Code == noCCECluster:
		return "cluster"
	case slices.Contains(noDCSInstance, e.Code):
		return "instance"
	default:
		return ""
	}
}
