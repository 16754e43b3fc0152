// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNoRegion and the types below are errors of a configuration that lacks what
// a read needs. They precede the request to the task's service.
var ErrNoRegion = errors.New("no region is set")

// UnknownArgumentError reports that a read needs a provider argument whose value
// is known only after apply.
type UnknownArgumentError struct{ Argument string }

func (e *UnknownArgumentError) Error() string {
	return "the provider argument " + e.Argument + " is known only after apply"
}

// ProjectLookupError reports that IAM did not return one project for a region.
type ProjectLookupError struct {
	Region, Name string
	IDs          []string // of the projects, if several have the name
	Err          error    // if IAM returned no list
}

func (e *ProjectLookupError) Error() string {
	switch {
	case e.Err != nil:
		return fmt.Sprintf("looking up the project %s: %v", e.Name, e.Err)
	case len(e.IDs) > 0:
		return fmt.Sprintf("%d projects are named %s: %s", len(e.IDs), e.Name, strings.Join(e.IDs, ", "))
	default:
		return "no project is named " + e.Name
	}
}

// Unwrap returns why IAM returned no list.
func (e *ProjectLookupError) Unwrap() error { return e.Err }
