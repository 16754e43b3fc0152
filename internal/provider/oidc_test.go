// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

const (
	oidcID    = "HW_ASSUME_ROLE_IDP_ID"
	oidcToken = "HW_ASSUME_ROLE_ID_TOKEN"
	oidcFile  = "HW_ASSUME_ROLE_ID_TOKEN_FILE"
)

// identityProvider returns the block with these arguments.
func identityProvider(arguments args) args {
	return args{"assume_role_with_oidc": []args{arguments}}
}

// TestOIDC_arguments: from where the identity provider and the agencies come.
func TestOIDC_arguments(t *testing.T) {
	mine := args{"idp_id": "a", "id_token": "t"}
	agency := func(name, id string, d time.Duration) credentials.AssumeRole {
		return credentials.AssumeRole{AgencyName: name, DomainID: id, Duration: d}
	}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      credentials.IdentityProvider
		duration  time.Duration
		roles     []credentials.AssumeRole
	}{
		{name: "block", block: identityProvider(mine), want: credentials.IdentityProvider{ID: "a", Token: "t"}},
		{name: "file", block: identityProvider(args{"idp_id": "a", "id_token_file": "/f"}), want: credentials.IdentityProvider{ID: "a", TokenFile: "/f"}},
		{name: "duration", block: identityProvider(mine.With(args{"duration": 86400})), want: credentials.IdentityProvider{ID: "a", Token: "t"}, duration: 24 * time.Hour},
		{
			name: "agency", block: identityProvider(mine.With(args{"agency_name": "g", "domain_id": "d", "duration": 43200})),
			want: credentials.IdentityProvider{ID: "a", Token: "t"}, roles: []credentials.AssumeRole{agency("g", "d", 12*time.Hour)},
		},
		{
			name: "block takes precedence", block: identityProvider(mine.With(args{"agency_name": "g", "domain_id": "d", "duration": 900})),
			variables: variables{oidcID: "x", oidcToken: "x", oidcFile: "/x", roleAgency: "x", roleDomainID: "x", roleDuration: "1000"},
			want:      credentials.IdentityProvider{ID: "a", Token: "t"}, roles: []credentials.AssumeRole{agency("g", "d", 15*time.Minute)},
		},
		{
			name: "environment completes the block", block: identityProvider(args{"idp_id": ""}),
			variables: variables{oidcID: "i", oidcFile: "/f", roleAgency: "v", roleDomainID: "iv", roleDuration: "1000"},
			want:      credentials.IdentityProvider{ID: "i", TokenFile: "/f"}, roles: []credentials.AssumeRole{agency("v", "iv", 1000*time.Second)},
		},
		{
			name: "environment", variables: variables{oidcID: "i", oidcToken: "t", roleAgency: "v", roleDomainID: "iv", roleDuration: "1000"},
			want: credentials.IdentityProvider{ID: "i", Token: "t"}, roles: []credentials.AssumeRole{agency("v", "iv", 1000*time.Second)},
		},
		{
			name: "environment without an agency", variables: variables{oidcID: "i", oidcToken: "t", roleDomainID: "iv", roleDuration: "7200"},
			want: credentials.IdentityProvider{ID: "i", Token: "t"}, duration: 2 * time.Hour,
		},
		{
			name: "SDK, with an agency", variables: variables{"HUAWEICLOUD_SDK_IDP_ID": "i", "HUAWEICLOUD_SDK_ID_TOKEN_FILE": "/f", roleAgency: "v", roleDomainID: "iv"},
			want: credentials.IdentityProvider{ID: "i", TokenFile: "/f"}, roles: []credentials.AssumeRole{agency("v", "iv", 0)},
		},
		{
			name: "chain behind the agency", want: credentials.IdentityProvider{ID: "a", Token: "t"},
			block:     identityProvider(mine.With(args{"agency_name": "g", "domain_id": "d"})).With(args{"assume_role": []args{{"agency_name": "h", "domain_id": "e"}}}),
			variables: variables{roleAgency: "v", roleDomainID: "iv"},
			roles:     []credentials.AssumeRole{agency("g", "d", 0), agency("h", "e", 0)},
		},
		{
			name: "chain without an agency of its own", want: credentials.IdentityProvider{ID: "a", Token: "t"},
			block:     identityProvider(mine).With(args{"assume_role": []args{{"agency_name": "h", "domain_id": "e"}}}),
			variables: variables{roleAgency: "v", roleDomainID: "iv"},
			roles:     []credentials.AssumeRole{agency("h", "e", 0)},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := readSettings(modelOf(t, args{"region": ownRegion, "auth_url": "https://iam.example.com"}.With(test.block)), test.variables.lookup)
			config := s.config(&transport.Network{})
			diff(t, "diagnostics", []string(nil), summaries(s.diags))
			oidc, ok := config.Credentials.(credentials.OIDC)
			if !ok {
				t.Fatalf("the credentials come from %T", config.Credentials)
			}
			diff(t, "identity provider", test.want, oidc.IdentityProvider)
			diff(t, "duration", test.duration, oidc.Duration)
			diff(t, "region", ownRegion, oidc.OwnRegion)
			diff(t, "endpoint", "https://iam.example.com", oidc.IAM.Endpoints.Configured[transport.IAM])
			diff(t, "agencies", test.roles, config.AssumeRoles)
		})
	}
}

func TestOIDC_invalid(t *testing.T) {
	const incomplete, duration = "assume_role_with_oidc: Incomplete assume_role_with_oidc", "assume_role_with_oidc: Invalid duration in assume_role_with_oidc"
	mine := args{"idp_id": "a", "id_token": "t"}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      []string
	}{
		{"empty block", identityProvider(args{}), nil, []string{incomplete, incomplete}},
		{"no ID", identityProvider(args{"id_token": "t"}), nil, []string{incomplete}},
		{"no token", identityProvider(args{"idp_id": "a"}), nil, []string{incomplete}},
		{"two tokens", identityProvider(mine.With(args{"id_token_file": "/f"})), nil, []string{"assume_role_with_oidc: Conflicting ID tokens"}},
		{"two blocks", args{"assume_role_with_oidc": []args{mine, mine}}, nil, []string{"assume_role_with_oidc: More than one assume_role_with_oidc"}},
		{"no account", identityProvider(mine.With(args{"agency_name": "g"})), nil, []string{incomplete}},
		{"no agency", identityProvider(mine.With(args{"domain_id": "d"})), nil, []string{incomplete}},
		{"too long for STS", identityProvider(mine.With(args{"agency_name": "g", "domain_id": "d", "duration": 43201})), nil, []string{duration}},
		{"too long for IAM", identityProvider(mine.With(args{"duration": 86401})), nil, []string{duration}},
		{"too short", identityProvider(mine.With(args{"duration": 899})), nil, []string{duration}},
		{"no token in the environment", nil, variables{oidcID: "i"}, []string{incomplete}},
		{"no ID in the environment", nil, variables{oidcFile: "/f"}, []string{incomplete}},
		{"two tokens in the environment", nil, variables{oidcID: "i", oidcToken: "t", oidcFile: "/f"}, []string{"assume_role_with_oidc: Conflicting ID tokens"}},
		{"no file of the SDK", nil, variables{"HUAWEICLOUD_SDK_IDP_ID": "i"}, []string{incomplete}},
		{"not used", permanentKeys.With(identityProvider(args{})), nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := readSettings(modelOf(t, test.block), test.variables.lookup)
			s.config(&transport.Network{})
			diff(t, "diagnostics", test.want, summaries(s.diags))
		})
	}
}
