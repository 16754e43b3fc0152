// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"gopkg.in/ini.v1"
)

// CredentialsFile returns the source of the keys in a file of the SDK: INI with
// a section basic. Its project_id is passed over, since nothing tells of which
// region it is.
// Source: huaweicloud-sdk-go-v3, core/auth/provider/profile_provider.go.
func CredentialsFile(path string) Source {
	return func(context.Context, *Client, string) (Credentials, error) {
		place := "the SDK's credentials file " + path
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return Credentials{}, &NoCredentialsError{Looked: []Place{{place, "there is no such file"}}}
		}
		if err != nil {
			return Credentials{}, &CredentialsError{From: place, Err: errors.New("the file cannot be read")}
		}
		credentials, err := parseCredentialsFile(content)
		if err != nil {
			return Credentials{}, &CredentialsError{From: place, Err: err}
		}
		return credentials, nil
	}
}

// parseCredentialsFile does not repeat a word of the file: it may be a secret.
func parseCredentialsFile(content []byte) (Credentials, error) {
	file, err := ini.Load(content)
	if err != nil {
		return Credentials{}, errors.New("it is not an INI file")
	}
	section, err := file.GetSection("basic")
	if err != nil {
		return Credentials{}, errors.New("it has no section [basic]")
	}
	value := func(key string) string { return section.Key(key).String() }
	credentials := Credentials{AccessKey: value("ak"), SecretKey: value("sk"), SecurityToken: value("security_token")}
	switch {
	case !credentials.empty():
		return credentials, nil
	case value("idp_id") != "" || value("id_token_file") != "":
		return Credentials{}, errors.New("it asks for an identity provider (OIDC), which this provider does not know yet. " +
			"Get temporary keys by other means and set access_key, secret_key and security_token")
	default:
		return Credentials{}, errors.New("its section [basic] needs both ak and sk")
	}
}
