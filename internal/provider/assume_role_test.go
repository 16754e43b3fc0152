// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
)

const (
	roleAgency   = "HW_ASSUME_ROLE_AGENCY_NAME"
	roleDomain   = "HW_ASSUME_ROLE_DOMAIN_NAME"
	roleDomainID = "HW_ASSUME_ROLE_DOMAIN_ID"
	roleDuration = "HW_ASSUME_ROLE_DURATION"
)

func TestAssumeRole_precedence(t *testing.T) {
	lent := map[string]any{"agencyName": "p", "agencyDomainName": "dp"}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		profile   map[string]any
		want      []credentials.AssumeRole
	}{
		{name: "none"},
		{name: "no block", block: args{"assume_role": []args{}}},
		{
			name: "block", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d", "duration": 900}}},
			want: []credentials.AssumeRole{{AgencyName: "a", DomainName: "d", Duration: 15 * time.Minute}},
		},
		{
			name: "block with the account's ID", block: args{"assume_role": []args{{"agency_name": "a", "domain_id": "i"}}},
			want: []credentials.AssumeRole{{AgencyName: "a", DomainID: "i"}},
		},
		{
			name: "environment", variables: variables{roleAgency: "v", roleDomain: "dv", roleDomainID: "iv", roleDuration: "43200"},
			want: []credentials.AssumeRole{{AgencyName: "v", DomainName: "dv", DomainID: "iv", Duration: 12 * time.Hour}},
		},
		{name: "environment without an agency", variables: variables{roleAgency: "", roleDomain: "dv", roleDuration: "soon"}},
		{
			name: "block takes precedence", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d", "duration": 1000}}},
			variables: variables{roleAgency: "v", roleDomain: "dv", roleDomainID: "iv", roleDuration: "2000"},
			want:      []credentials.AssumeRole{{AgencyName: "a", DomainName: "d", Duration: 1000 * time.Second}},
		},
		{
			name: "environment completes the block", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": ""}}},
			variables: variables{roleAgency: "v", roleDomain: "dv", roleDuration: "2000"},
			want:      []credentials.AssumeRole{{AgencyName: "a", DomainName: "dv", Duration: 2000 * time.Second}},
		},
		{
			name: "environment completes an empty block", block: args{"assume_role": []args{{}}}, variables: variables{roleAgency: "v", roleDomainID: "iv"},
			want: []credentials.AssumeRole{{AgencyName: "v", DomainID: "iv"}},
		},
		{
			name: "environment does not name another account", block: args{"assume_role": []args{{"agency_name": "a", "domain_id": "i"}}},
			variables: variables{roleDomain: "dv", roleDomainID: "iv"},
			want:      []credentials.AssumeRole{{AgencyName: "a", DomainID: "i"}},
		},
		{
			name: "two blocks", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d", "duration": 900}, {"agency_name": "b", "domain_id": "i"}}},
			variables: variables{roleAgency: "v", roleDomain: "dv", roleDomainID: "iv", roleDuration: "2000"},
			want:      []credentials.AssumeRole{{AgencyName: "a", DomainName: "d", Duration: 15 * time.Minute}, {AgencyName: "b", DomainID: "i"}},
		},
		{name: "profile", profile: lent, want: []credentials.AssumeRole{{AgencyName: "p", DomainName: "dp"}}},
		{name: "profile with the account's ID", profile: map[string]any{"agencyName": "p", "agencyDomainId": "ip"}, want: []credentials.AssumeRole{{AgencyName: "p", DomainID: "ip"}}},
		{
			name: "profile with name and ID", profile: map[string]any{"agencyName": "p", "agencyDomainName": "dp", "agencyDomainId": "ip"},
			want: []credentials.AssumeRole{{AgencyName: "p", DomainName: "dp"}},
		},
		{name: "profile without an agency", profile: map[string]any{"agencyDomainName": "dp"}},
		{name: "profile with other credentials", block: args{"access_key": "a", "secret_key": "s"}, profile: lent},
		{
			name: "environment and profile", variables: variables{roleAgency: "v", roleDomain: "dv"}, profile: lent,
			want: []credentials.AssumeRole{{AgencyName: "v", DomainName: "dv"}},
		},
		{
			name: "block and profile", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d"}}}, profile: lent,
			want: []credentials.AssumeRole{{AgencyName: "a", DomainName: "d"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			block := args{}.With(test.block)
			if test.profile != nil {
				block["shared_config_file"] = profileFile(t, test.profile)
			}
			got := settle(t, block, test.variables)
			diff(t, "agencies", test.want, got.AssumeRoles)
			diff(t, "diagnostics", []string(nil), got.Diagnostics)
		})
	}
}

func TestAssumeRole_invalid(t *testing.T) {
	const incomplete, duration = "assume_role: Incomplete assume_role", "assume_role: Invalid duration in assume_role"
	role := func(account string, seconds int) args {
		return args{"assume_role": []args{{"agency_name": "a", account: "d", "duration": seconds}}}
	}
	inEnvironment := func(text string) variables {
		return variables{roleAgency: "a", roleDomain: "d", roleDuration: text}
	}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      []string
	}{
		{"empty block", args{"assume_role": []args{{}}}, nil, []string{incomplete, incomplete}},
		{"no agency", args{"assume_role": []args{{"agency_name": "", "domain_name": "d"}}}, nil, []string{incomplete}},
		{"no account", args{"assume_role": []args{{"agency_name": "a"}}}, nil, []string{incomplete}},
		{"no account in the environment", nil, variables{roleAgency: "a"}, []string{incomplete}},
		{
			"several blocks",
			args{"assume_role": []args{{"agency_name": "a", "domain_name": "d"}, {"agency_name": "b"}, {"agency_name": "c", "domain_id": "i", "duration": 1}}},
			variables{roleDomain: "dv"},
			[]string{"assume_role[1]: Incomplete assume_role", "assume_role[2]: Invalid duration in assume_role"},
		},
		{"too short", role("domain_name", 899), nil, []string{duration}},
		{"shortest", role("domain_name", 900), nil, nil},
		{"longest of IAM", role("domain_name", 86400), nil, nil},
		{"too long for IAM", role("domain_name", 86401), nil, []string{duration}},
		{"longest of STS", role("domain_id", 43200), nil, nil},
		{"too long for STS", role("domain_id", 43201), nil, []string{duration}},
		{"zero", role("domain_name", 0), nil, []string{duration}},
		{"negative", role("domain_name", -900), nil, []string{duration}},
		{"not a number", nil, inEnvironment("1h"), []string{duration}},
		{"too short in the environment", nil, inEnvironment("60"), []string{duration}},
		{"longest in the environment", nil, inEnvironment("86400"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "diagnostics", test.want, settle(t, test.block, test.variables).Diagnostics)
		})
	}
}
