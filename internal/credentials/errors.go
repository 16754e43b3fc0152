// SPDX-License-Identifier: MPL-2.0

package credentials

import "fmt"

// NoCredentialsError reports that no source has credentials.
type NoCredentialsError struct {
	Checked []Finding // beyond the configuration itself, in order
}

// Finding is a source of credentials that was checked and why it has none.
type Finding struct{ Source, Reason string }

func (e *NoCredentialsError) Error() string {
	text := "no credentials"
	for _, f := range e.Checked {
		text += "; " + f.Source + ": " + f.Reason
	}
	return text
}

// noneIn returns the error of a source that is not set up.
func noneIn(source, reason string) error {
	return &NoCredentialsError{Checked: []Finding{{source, reason}}}
}

// RetrieveError reports that the source of the credentials does not return them.
type RetrieveError struct {
	Source string // "the agency a of the account b"
	Err    error  // a *transport.Error if the source was asked by a request
}

func (e *RetrieveError) Error() string { return "credentials of " + e.Source + ": " + e.Err.Error() }

// Unwrap returns what went wrong.
func (e *RetrieveError) Unwrap() error { return e.Err }

// ForeignTokenError reports that a token is valid in another region than that of
// the read.
type ForeignTokenError struct {
	OwnRegion string // the provider's, for which the token is taken to be issued
	Region    string // of the read
}

func (e *ForeignTokenError) Error() string {
	return fmt.Sprintf("the token is valid in %s, not in %s", e.OwnRegion, e.Region)
}
