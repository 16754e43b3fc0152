// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

const (
	roleAgency   = "HW_ASSUME_ROLE_AGENCY_NAME"
	roleDomain   = "HW_ASSUME_ROLE_DOMAIN_NAME"
	roleDomainID = "HW_ASSUME_ROLE_DOMAIN_ID"
	roleDuration = "HW_ASSUME_ROLE_DURATION"
)

func TestAssumeRole_comesFromBlockVariablesOrProfile(t *testing.T) {
	lent := map[string]any{"agencyName": "p", "agencyDomainName": "dp"}
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		profile   map[string]any
		want      *client.AssumeRole
	}{
		{name: "none"},
		{name: "no block", block: args{"assume_role": []args{}}},
		{
			name: "block", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d", "duration": 900}}},
			want: &client.AssumeRole{AgencyName: "a", DomainName: "d", Duration: 15 * time.Minute},
		},
		{
			name: "block with the account's id", block: args{"assume_role": []args{{"agency_name": "a", "domain_id": "i"}}},
			want: &client.AssumeRole{AgencyName: "a", DomainID: "i"},
		},
		{
			name: "variables", variables: variables{roleAgency: "v", roleDomain: "dv", roleDomainID: "iv", roleDuration: "43200"},
			want: &client.AssumeRole{AgencyName: "v", DomainName: "dv", DomainID: "iv", Duration: 12 * time.Hour},
		},
		{name: "variables without an agency", variables: variables{roleAgency: "", roleDomain: "dv", roleDuration: "soon"}},
		{
			name: "block before variables", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d", "duration": 1000}}},
			variables: variables{roleAgency: "v", roleDomain: "dv", roleDomainID: "iv", roleDuration: "2000"},
			want:      &client.AssumeRole{AgencyName: "a", DomainName: "d", Duration: 1000 * time.Second},
		},
		{
			name: "variables complete the block", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": ""}}},
			variables: variables{roleAgency: "v", roleDomain: "dv", roleDuration: "2000"},
			want:      &client.AssumeRole{AgencyName: "a", DomainName: "dv", Duration: 2000 * time.Second},
		},
		{
			name: "variables complete an empty block", block: args{"assume_role": []args{{}}}, variables: variables{roleAgency: "v", roleDomainID: "iv"},
			want: &client.AssumeRole{AgencyName: "v", DomainID: "iv"},
		},
		{
			name: "variables do not name another account", block: args{"assume_role": []args{{"agency_name": "a", "domain_id": "i"}}},
			variables: variables{roleDomain: "dv", roleDomainID: "iv"},
			want:      &client.AssumeRole{AgencyName: "a", DomainID: "i"},
		},
		{name: "profile", profile: lent, want: &client.AssumeRole{AgencyName: "p", DomainName: "dp"}},
		{name: "profile with the account's id", profile: map[string]any{"agencyName": "p", "agencyDomainId": "ip"}, want: &client.AssumeRole{AgencyName: "p", DomainID: "ip"}},
		{
			name: "profile with name and id", profile: map[string]any{"agencyName": "p", "agencyDomainName": "dp", "agencyDomainId": "ip"},
			want: &client.AssumeRole{AgencyName: "p", DomainName: "dp"},
		},
		{name: "profile without an agency", profile: map[string]any{"agencyDomainName": "dp"}},
		{name: "profile that stands behind other keys", block: args{"access_key": "a", "secret_key": "s"}, profile: lent},
		{
			name: "variables before a profile", variables: variables{roleAgency: "v", roleDomain: "dv"}, profile: lent,
			want: &client.AssumeRole{AgencyName: "v", DomainName: "dv"},
		},
		{
			name: "block before a profile", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d"}}}, profile: lent,
			want: &client.AssumeRole{AgencyName: "a", DomainName: "d"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			block := args{}.With(test.block)
			if test.profile != nil {
				block["shared_config_file"] = profileFile(t, test.profile)
			}
			got := settle(t, block, test.variables)
			diff(t, "agency", test.want, got.AssumeRole)
			diff(t, "faults", 0, len(got.Faults))
		})
	}
}

func TestAssumeRole_thatCannotBeMeantIsRefused(t *testing.T) {
	incomplete := func(missing, variable string) fault {
		return fault{Summary: "Incomplete assume_role", At: "assume_role", Detail: "assume_role needs " + missing + " (variable " + variable + ")."}
	}
	agency := incomplete("agency_name", roleAgency)
	account := incomplete("domain_name or domain_id", roleDomain+" or "+roleDomainID)
	duration := func(most int, text, origin string) []fault {
		return []fault{{
			Summary: "Invalid duration in assume_role", At: "assume_role",
			Detail: fmt.Sprintf("duration in assume_role (variable HW_ASSUME_ROLE_DURATION) is the life of the keys in seconds, a whole number from 900 to %d, but is %q. The value comes from %s.", most, text, origin),
		}}
	}
	lasting := func(seconds int, account string) args {
		return args{"assume_role": []args{{"agency_name": "a", account: "d", "duration": seconds}}}
	}
	inVariable := func(text string) variables { return variables{roleAgency: "a", roleDomain: "d", roleDuration: text} }
	file := profileFile(t, map[string]any{"agencyName": "p"})
	for _, r := range []refused{
		{name: "an empty block", block: args{"assume_role": []args{{}}}, want: []fault{agency, account}},
		{name: "no agency", block: args{"assume_role": []args{{"agency_name": "", "domain_name": "d"}}}, want: []fault{agency}},
		{name: "no account", block: args{"assume_role": []args{{"agency_name": "a"}}}, want: []fault{account}},
		{name: "no account in variables", variables: variables{roleAgency: "a"}, want: []fault{account}},
		{name: "no account in a profile", block: args{"shared_config_file": file}, want: []fault{{
			Summary: "Unable to use the profile", At: "profile",
			Detail: "profile (variable HW_PROFILE), from the file " + file + ` (shared_config_file, variable HW_SHARED_CONFIG_FILE): the profile "default" names the agency "p", but neither agencyDomainName nor agencyDomainId.`,
		}}},
		{name: "two of them", block: args{"assume_role": []args{{"agency_name": "a", "domain_name": "d"}, {"agency_name": "b", "domain_name": "d"}}}, want: []fault{{
			Summary: "More than one assume_role", At: "assume_role",
			Detail: "assume_role stands more than once. This provider does not follow a chain of agencies: keep the last agency, and give keys that may assume it, " +
				"for example those which the agency before it issues (access_key, secret_key and security_token).",
		}}},
		{name: "a short life", block: lasting(899, "domain_name"), want: duration(86400, "899", "the provider block")},
		{name: "the shortest life", block: lasting(900, "domain_name")},
		{name: "the longest life of IAM", block: lasting(86400, "domain_name")},
		{name: "a long life for IAM", block: lasting(86401, "domain_name"), want: duration(86400, "86401", "the provider block")},
		{name: "the longest life of STS", block: lasting(43200, "domain_id")},
		{name: "a long life for STS", block: lasting(43201, "domain_id"), want: duration(43200, "43201", "the provider block")},
		{name: "no life", block: lasting(0, "domain_name"), want: duration(86400, "0", "the provider block")},
		{name: "a negative life", block: lasting(-900, "domain_name"), want: duration(86400, "-900", "the provider block")},
		{name: "a life in words", variables: inVariable("1h"), want: duration(86400, "1h", "the variable HW_ASSUME_ROLE_DURATION")},
		{name: "a short life in a variable", variables: inVariable("60"), want: duration(86400, "60", "the variable HW_ASSUME_ROLE_DURATION")},
		{name: "the longest life in a variable", variables: inVariable("86400")},
	} {
		t.Run(r.name, r.run)
	}
}
