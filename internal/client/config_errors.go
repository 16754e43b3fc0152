// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNoRegion and the types below are errors of a configuration that lacks what
// a read needs. They come before the request to the task's service.
var ErrNoRegion = errors.New("no region is set")

// NoCredentialsError tells that no credentials were found anywhere.
type NoCredentialsError struct {
	Looked []Place // behind the configuration itself, in order
}

// Place is where credentials may be, and what was found there instead.
type Place struct{ Name, Finding string }

func (e *NoCredentialsError) Error() string {
	text := "there are no credentials"
	for _, p := range e.Looked {
		text += "; " + p.Name + ": " + p.Finding
	}
	return text
}

// CredentialsError tells that the place where the credentials are taken from
// does not give them.
type CredentialsError struct {
	From string // "the agency a of the domain b"
	Err  error  // an *Error where it was asked by a request
}

func (e *CredentialsError) Error() string { return "credentials of " + e.From + ": " + e.Err.Error() }

// Unwrap returns what went wrong.
func (e *CredentialsError) Unwrap() error { return e.Err }

// ForeignTokenError tells that a token was issued for another region than the
// one to be read.
type ForeignTokenError struct {
	OwnRegion string // the provider's
	Region    string // of the read
}

func (e *ForeignTokenError) Error() string {
	return fmt.Sprintf("the token belongs to %s, not to %s", e.OwnRegion, e.Region)
}

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

// requestArguments are the provider arguments that every request needs: those
// on which the choice of credentials depends, and how it is sent.
var requestArguments = []string{
	"access_key", "secret_key", "security_token", "token", "profile", "shared_config_file", "assume_role",
	"max_retries", "insecure",
}

// needs returns an error if any of the arguments is not known yet.
func (c *Client) needs(arguments ...string) error {
	for _, argument := range arguments {
		if slices.Contains(c.config.Unknown, argument) {
			return &UnknownArgumentError{Argument: argument}
		}
	}
	return nil
}
