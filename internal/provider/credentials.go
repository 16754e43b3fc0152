// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// keySet is a place that may hold credentials: the names of an access key, a
// secret key, a security token and a token, "" for those that it cannot hold.
type credentialSet [4]string

// keyArguments are the arguments in the order of a keySet.
func keyArguments() credentialSet {
	return credentialSet{argAccessKey, argSecretKey, argSecurityToken, argToken}
}

// keyVariables lists the sets of variables in the order in which they are
// looked at. The first set is the official provider's, the others are the SDK's.
func keyVariables() []credentialSet {
	return []credentialSet{
		{"HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_AUTH_TOKEN"},
		{"HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN", ""},
		{"CLOUD_SDK_AK", "CLOUD_SDK_SK", "", ""},
	}
}

// credentials returns where the credentials come from: the first of these
// places that holds any. All of them come from there.
//
//   - keys or token in the block
//   - a profile that the block names
//   - keys or token in a set of variables
//   - a profile that a variable names
//   - what this machine has: the SDK's credentials file, the agency of an ECS
//     host, the identity of a CCE pod, which are looked for at the first request
func (s *settings) credentials() client.Source {
	if source, ok := s.blockCredentials(); ok {
		return source
	}
	if s.profilePlace() == inBlock {
		return s.profileCredentials()
	}
	for _, names := range keyVariables() {
		var values credentialSet
		for i, name := range names {
			if name != "" {
				values[i], _ = s.lookup(name)
			}
		}
		if values != (credentialSet{}) {
			return s.set(values, names)
		}
	}
	if s.profilePlace() == inEnvironment {
		return s.profileCredentials()
	}
	return s.machineCredentials()
}

// blockCredentials returns the keys or the token of the block, false if it
// holds neither. What is not known yet may still become one of them.
func (s *settings) blockCredentials() (client.Source, bool) {
	var values credentialSet
	unknown := false
	for i, v := range []types.String{s.model.AccessKey, s.model.SecretKey, s.model.SecurityToken, s.model.Token} {
		if v.IsUnknown() {
			s.unknown = append(s.unknown, keyArguments()[i])
			unknown = true
		}
		values[i] = v.ValueString()
	}
	if unknown {
		return nil, true // the rest of the set will be known with it
	}
	if values == (credentialSet{}) {
		return nil, false
	}
	return s.set(values, keyArguments()), true
}

// set returns the credentials of one place, whose members bear the names.
func (s *settings) set(values, names credentialSet) client.Source {
	key := ""
	for i := range 3 {
		if values[i] != "" && key == "" {
			key = names[i]
		}
	}
	switch {
	case values[3] != "" && key != "":
		s.diags.Append(keysAndToken(key, names[3]))
	case values[3] != "":
		return client.Static(client.Credentials{Token: values[3]})
	}
	for i := range 2 {
		if values[i] == "" {
			s.diags.Append(incompleteKeyPair(keyArguments()[i], names[i], key))
		}
	}
	return client.Static(client.Credentials{AccessKey: values[0], SecretKey: values[1], SecurityToken: values[2]})
}

// machineCredentials looks where the SDK looks, too.
func (s *settings) machineCredentials() client.Source {
	for _, variable := range identityProviderVariables() {
		if id, _ := s.lookup(variable); id != "" {
			return identityProvider(variable)
		}
	}
	file, _ := s.lookup("HUAWEICLOUD_SDK_CREDENTIALS_FILE")
	if file == "" {
		file = filepath.Join(home(), ".huaweicloud", "credentials")
	}
	uri, _ := s.lookup(client.PodIdentityURI)
	token, _ := s.lookup(client.PodIdentityTokenFile)
	return client.Chain(client.CredentialsFile(file), client.ECSAgency(), client.PodIdentity(uri, token))
}

// identityProviderVariables are those of the official provider and of the SDK.
func identityProviderVariables() []string {
	return []string{"HW_ASSUME_ROLE_IDP_ID", "HUAWEICLOUD_SDK_IDP_ID"}
}

// identityProvider is the source of an error, until there is more to it.
func identityProvider(variable string) client.Source {
	return func(context.Context, *client.Client, string) (client.Credentials, error) {
		return client.Credentials{}, &client.CredentialsError{
			From: "the identity provider that " + variable + " names",
			Err: errors.New("this provider does not exchange an id token (OIDC) yet. " +
				"Get temporary keys before Terraform runs and set access_key, secret_key and security_token"),
		}
	}
}

// home returns the user's directory, the current one if there is none.
func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return dir
}
