// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Errors of a configuration that lacks what a read needs. None of them comes
// from a service, and all of them come before the request to it.
var (
	ErrNoRegion      = errors.New("no region is set")
	ErrNoCredentials = errors.New("no credentials are set")
)

// UnknownArgumentError tells that a provider argument which a read needs gets
// its value only during the apply.
type UnknownArgumentError struct{ Argument string }

func (e *UnknownArgumentError) Error() string {
	return "the provider argument " + e.Argument + " is not known yet"
}

// ForeignRegionError tells that a fixed endpoint belongs to another region
// than the one to be read.
type ForeignRegionError struct {
	Service   Service
	Endpoint  string
	OwnRegion string // the provider's
	Region    string // of the read
}

func (e *ForeignRegionError) Error() string {
	return fmt.Sprintf("the endpoint %s of %s belongs to %s, not to %s", e.Endpoint, e.Service, e.OwnRegion, e.Region)
}

// ProjectLookupError tells that IAM did not name one project for a region.
type ProjectLookupError struct {
	Region, Name string
	IDs          []string // where several projects have the name
	Err          error    // where IAM gave no list, nil where it did
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

// Unwrap returns what kept IAM from answering.
func (e *ProjectLookupError) Unwrap() error { return e.Err }

// needs returns an error if any of the arguments is not known yet.
func (c *Client) needs(arguments ...string) error {
	for _, argument := range arguments {
		if slices.Contains(c.config.Unknown, argument) {
			return &UnknownArgumentError{Argument: argument}
		}
	}
	return nil
}
