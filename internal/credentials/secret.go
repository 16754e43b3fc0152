// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"errors"
	"strings"
	"unicode"
)

// CheckSecret returns an error unless a key or token can be sent. The error does
// not repeat it.
func CheckSecret(text string) error {
	switch {
	case strings.ContainsAny(text, "\r\n"):
		return errors.New("it contains a line break, such as the one at the end of a file")
	case strings.ContainsFunc(text, unicode.IsControl):
		return errors.New("it contains a control character")
	default:
		return nil
	}
}

// check returns what is wrong with one of the credentials, which a source holds
// under the names.
func (c Credentials) check(names Names) error {
	for _, secret := range []struct{ name, value string }{
		{names.AccessKey, c.AccessKey}, {names.SecretKey, c.SecretKey}, {names.SecurityToken, c.SecurityToken}, {names.Token, c.Token},
	} {
		if err := CheckSecret(secret.value); err != nil {
			return errors.New(secret.name + " is invalid: " + err.Error())
		}
	}
	return nil
}
