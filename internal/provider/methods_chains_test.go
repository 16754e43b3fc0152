// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const idToken = "fake-id-token"

// federated are the keys of the user of an identity provider. Keys of the second
// agency of a chain are issued.
var (
	federated = fakecloud.Keys{AccessKey: "FAKEFEDERATED", SecretKey: "fake-federated-secret", SecurityToken: "fake-federated-token"}
	lent      = fakecloud.Keys{AccessKey: "FAKELENT", SecretKey: "fake-lent-secret", SecurityToken: "fake-lent-token"}
)

// oidcRequests exchange an ID token for an IAM token, and that for keys. Neither
// is signed.
var oidcRequests = []string{"POST iam.cn-north-4.myhuaweicloud.com" + fakecloud.IDTokenPath, iamRequest}

// trustsIdentityProvider, and has an agency.
func trustsIdentityProvider(c *fakecloud.Cloud) {
	hasAgency(c)
	c.AddIdentityProvider(fakecloud.IdentityProvider{
		ID: "ci", IDTokens: []string{idToken}, Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{federated}, Lifetime: time.Hour},
	})
}

// hasChain has an agency that may assume the other one.
func hasChain(c *fakecloud.Cloud) {
	trustsIdentityProvider(c)
	c.AddAgency(fakecloud.Agency{
		Name: "first", DomainName: "between", DomainID: "e0e0", Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{lent}, Lifetime: time.Hour},
	})
}

// oidcMethods returns all ways to name an identity provider. The IAM token in
// between is one of the fake cloud.
func oidcMethods(t *testing.T) []method {
	t.Helper()
	secrets := append(secretsOf(federated), idToken, "iam-token-1")
	file := write(t, idToken+"\n")
	own := []string{oidcRequests[0], oidcRequests[1], jobRequest(federated.AccessKey)}
	throughAgency := []string{oidcRequests[0], oidcRequests[1], stsRequest + " by " + federated.AccessKey, jobRequest(issued.AccessKey)}
	return []method{
		{
			name: "identity provider", cloud: trustsIdentityProvider, secrets: secrets, want: own, issuer: fakecloud.IDTokenPath,
			block: identityProvider(args{"idp_id": "ci", "id_token": idToken}),
		},
		{
			name: "identity provider with a token file", cloud: trustsIdentityProvider, secrets: secrets, want: own, issuer: fakecloud.SecurityTokensPath,
			block: identityProvider(args{"idp_id": "ci", "id_token_file": file, "duration": 7200}),
		},
		{
			name: "identity provider and its agency", cloud: trustsIdentityProvider, secrets: append(secrets, secretsOf(issued)...), want: throughAgency, issuer: fakecloud.AssumeAgencyPath,
			block: identityProvider(args{"idp_id": "ci", "id_token_file": file, "agency_name": "lender", "domain_id": "f0f0", "duration": 43200}),
		},
		{
			name: "identity provider and its agency in the environment", cloud: trustsIdentityProvider, secrets: append(secrets, secretsOf(issued)...), want: throughAgency,
			variables: variables{oidcID: "ci", oidcToken: idToken, roleAgency: "lender", roleDomainID: "f0f0"},
		},
		{
			name: "identity provider of the SDK", cloud: trustsIdentityProvider, secrets: secrets, want: own,
			variables: variables{"HUAWEICLOUD_SDK_IDP_ID": "ci", "HUAWEICLOUD_SDK_ID_TOKEN_FILE": file},
		},
		{
			name: "identity provider in the SDK file", cloud: trustsIdentityProvider, secrets: secrets, want: own,
			variables: variables{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": write(t, "[basic]\nidp_id = ci\nid_token_file = "+file+"\n")},
		},
		{
			name: "identity provider in another cloud", cloud: trustsIdentityProvider, secrets: secrets,
			want: []string{
				"POST iam.cn-north-4.example.com" + fakecloud.IDTokenPath, "POST iam.cn-north-4.example.com" + fakecloud.SecurityTokensPath,
				"GET dcs.cn-north-4.example.com" + jobPath + " by " + federated.AccessKey,
			},
			block: identityProvider(args{"idp_id": "ci", "id_token": idToken}).With(args{"cloud": "example.com"}),
		},
		{
			name: "identity provider at another endpoint", cloud: trustsIdentityProvider, secrets: secrets,
			want:  []string{"POST iam.example.com" + fakecloud.IDTokenPath, "POST iam.example.com" + fakecloud.SecurityTokensPath, jobRequest(federated.AccessKey)},
			block: identityProvider(args{"idp_id": "ci", "id_token": idToken}).With(args{"auth_url": "https://iam.example.com/v3"}),
		},
	}
}

// chainMethods returns chains of agencies.
func chainMethods(t *testing.T) []method {
	t.Helper()
	secrets := secretsOf(keys, lent, issued)
	first, last := args{"agency_name": "first", "domain_name": "between"}, args{"agency_name": "lender", "domain_id": "f0f0", "duration": 43200}
	firstByID, lastByName := args{"agency_name": "first", "domain_id": "e0e0"}, args{"agency_name": "lender", "domain_name": "other"}
	return []method{
		{
			name: "chain through IAM and STS", cloud: hasChain, secrets: secrets, issuer: fakecloud.AssumeAgencyPath,
			want:  []string{iamRequest + " by " + keys.AccessKey, stsRequest + " by " + lent.AccessKey, jobRequest(issued.AccessKey)},
			block: permanentKeys.With(args{"assume_role": []args{first, last}}),
		},
		{
			name: "chain through STS and IAM", cloud: hasChain, secrets: secrets, issuer: fakecloud.AssumeAgencyPath,
			want:  []string{stsRequest + " by " + keys.AccessKey, iamRequest + " by " + lent.AccessKey, jobRequest(issued.AccessKey)},
			block: permanentKeys.With(args{"assume_role": []args{firstByID, lastByName}}),
		},
		{
			name: "chain behind an identity provider", cloud: hasChain, secrets: append(secretsOf(federated, lent, issued), idToken),
			want: []string{oidcRequests[0], oidcRequests[1], stsRequest + " by " + federated.AccessKey, stsRequest + " by " + lent.AccessKey, jobRequest(issued.AccessKey)},
			block: identityProvider(args{"idp_id": "ci", "id_token": idToken, "agency_name": "first", "domain_id": "e0e0"}).
				With(args{"assume_role": []args{last}}),
		},
		{
			name: "profile with the keys of another one", cloud: hasChain, secrets: secretsOf(keys, issued),
			want:  []string{stsRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			block: args{"profile": "second", "shared_config_file": chainedProfiles(t)},
		},
		{
			name: "chain of profiles", cloud: hasChain, secrets: secrets,
			want:      []string{iamRequest + " by " + keys.AccessKey, stsRequest + " by " + lent.AccessKey, jobRequest(issued.AccessKey)},
			variables: variables{"HW_PROFILE": "third", "HW_SHARED_CONFIG_FILE": chainedProfiles(t)},
		},
	}
}

// chainedProfiles writes a configuration of KooCLI whose profiles take their keys
// from each other. It begins with a byte order mark.
func chainedProfiles(t *testing.T) string {
	t.Helper()
	role := func(name, source, agency, account, id string) map[string]any {
		return map[string]any{"name": name, "mode": "AssumeRole", "sourceProfile": source, "agencyName": agency, account: id}
	}
	content, err := json.Marshal(map[string]any{"current": "base", "profiles": []any{
		role("third", "between", "lender", "agencyDomainId", "f0f0"),
		role("second", "base", "lender", "agencyDomainId", "f0f0"),
		role("between", "base", "first", "agencyDomainName", "between"),
		map[string]any{"name": "base", "mode": "AKSK", "accessKeyId": keys.AccessKey, "secretAccessKey": keys.SecretKey},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "\ufeff"+string(content))
}
