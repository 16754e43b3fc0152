// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"gopkg.in/ini.v1"
)

// SDKFile is the provider of the keys in a credentials file of the SDK: INI with
// a section basic. Its project_id is ignored: the file does not name a region.
// Source: huaweicloud-sdk-go-v3, core/auth/provider/profile_provider.go.
type SDKFile struct{ Path string }

// sdkFile is the file where the SDK expects it.
func sdkFile(lookup func(string) (string, bool)) SDKFile {
	path, _ := lookup("HUAWEICLOUD_SDK_CREDENTIALS_FILE")
	if path == "" {
		path = inHome(".huaweicloud", "credentials")
	}
	return SDKFile{Path: path}
}

// Retrieve implements Provider.
func (f SDKFile) Retrieve(context.Context, string) (Credentials, error) {
	source := "the SDK's credentials file " + f.Path
	content, err := os.ReadFile(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return Credentials{}, noneIn(source, "the file does not exist")
	}
	if err != nil {
		return Credentials{}, &RetrieveError{Source: source, Err: errors.New("the file cannot be read")}
	}
	credentials, err := parseSDKFile(content)
	if err != nil {
		return Credentials{}, &RetrieveError{Source: source, Err: err}
	}
	return credentials, nil
}

// parseSDKFile repeats nothing of the file in its errors: it may be a secret.
func parseSDKFile(content []byte) (Credentials, error) {
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
		return Credentials{}, errors.New("it names an identity provider, but this provider does not support ID tokens (OIDC) yet. " +
			"Get temporary access keys by other means, and set access_key, secret_key, and security_token")
	default:
		return Credentials{}, errors.New("its section [basic] needs both ak and sk")
	}
}
