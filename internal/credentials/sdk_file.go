// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"cmp"
	"context"
	"errors"
	"io/fs"

	"gopkg.in/ini.v1"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// SDKFile is the provider of the keys in a credentials file of the SDK: INI with
// a section basic, which may name an identity provider instead. Its project_id is
// ignored: the file does not name a region.
// Source: huaweicloud-sdk-go-v3, core/auth/provider/profile_provider.go.
type SDKFile struct {
	Path      string
	IAM       transport.Client // without credentials
	OwnRegion string           // in which to request keys, "" for that of the read
}

// sdkFile is the file where the SDK expects it.
func sdkFile(lookup func(string) (string, bool), iam transport.Client, ownRegion string) SDKFile {
	path, _ := lookup("HUAWEICLOUD_SDK_CREDENTIALS_FILE")
	return SDKFile{Path: expandHome(cmp.Or(path, "~/.huaweicloud/credentials")), IAM: iam, OwnRegion: ownRegion}
}

// Retrieve implements Provider.
func (f SDKFile) Retrieve(ctx context.Context, region string) (Credentials, error) {
	source := "the SDK's credentials file " + f.Path
	content, err := readFile(f.Path)
	switch {
	case errors.Is(err, errNoHome):
		return Credentials{}, noneIn(source, "the home directory is not known, since HOME is not set")
	case errors.Is(err, fs.ErrNotExist):
		return Credentials{}, noneIn(source, "the file does not exist")
	case err != nil:
		return Credentials{}, &RetrieveError{Source: source, Err: errors.New("the file cannot be read")}
	}
	found, err := parseSDKFile(content)
	switch {
	case err != nil:
		return Credentials{}, &RetrieveError{Source: source, Err: err}
	case found.HasIdentityProvider():
		return OIDC{IdentityProvider: found.IdentityProvider, OwnRegion: f.OwnRegion, IAM: f.IAM}.Retrieve(ctx, region)
	default:
		return found.Credentials, nil
	}
}

// Services implements Issuer.
func (f SDKFile) Services() []transport.Service {
	content, err := readFile(f.Path)
	if err != nil {
		return nil
	}
	if found, err := parseSDKFile(content); err != nil || !found.HasIdentityProvider() {
		return nil
	}
	return OIDC{}.Services()
}

// parseSDKFile repeats nothing of the file in its errors: it may be a secret.
func parseSDKFile(content []byte) (Configured, error) {
	file, err := ini.Load(content)
	if err != nil {
		return Configured{}, errors.New("it is not an INI file")
	}
	section, err := file.GetSection("basic")
	if err != nil {
		return Configured{}, errors.New("it has no section [basic]")
	}
	value := func(key string) string { return section.Key(key).String() }
	names := Names{AccessKey: "ak", SecretKey: "sk", SecurityToken: "security_token"}
	found := Configured{
		Credentials:      Credentials{AccessKey: value("ak"), SecretKey: value("sk"), SecurityToken: value("security_token")},
		IdentityProvider: IdentityProvider{ID: value("idp_id"), TokenFile: value("id_token_file")},
		Names:            names,
	}
	switch {
	case found.HasCredentials() && found.HasIdentityProvider():
		return Configured{}, errors.New("its section [basic] has both access keys and an identity provider; remove one of them")
	case found.ID != "" && found.TokenFile != "":
		return found, nil
	case found.HasIdentityProvider():
		return Configured{}, errors.New("its section [basic] needs both idp_id and id_token_file")
	case found.empty():
		return Configured{}, errors.New("its section [basic] needs both ak and sk")
	default:
		return found, found.check(names)
	}
}
