// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// plainArgument is an argument with a value for each source; those of the
// environment and of a profile are texts.
type plainArgument struct {
	name, variable, field            string // no field: a profile has none
	inBlock                          any
	empty                            any // counts as unset in a block, nil if nothing does
	inVariable, inProfile, otherwise string
	set                              func(*outcome, string) // what the value results in
}

func sourcedArguments() []plainArgument {
	insecure := func(o *outcome, v string) { o.Insecure = v == "true" }
	return []plainArgument{
		{
			name: "region", variable: "HW_REGION_NAME", field: "region", inBlock: "eu-a", inVariable: "eu-b", inProfile: "eu-c", empty: "",
			set: func(o *outcome, v string) { o.Region = v },
		},
		{
			name: "project_id", variable: "HW_PROJECT_ID", field: "projectId", inBlock: "id-a", inVariable: "id-b", inProfile: "id-c", empty: "",
			set: func(o *outcome, v string) { o.ProjectID = v },
		},
		{
			name: "project_name", variable: "HW_PROJECT_NAME", inBlock: "a", inVariable: "b", empty: "",
			set: func(o *outcome, v string) { o.ProjectName = v },
		},
		{
			name: "cloud", variable: "HW_CLOUD", inBlock: "a.example.com", inVariable: "b.example.com", empty: "",
			set: func(o *outcome, v string) { o.Cloud = v },
		},
		{
			name: "auth_url", variable: "HW_AUTH_URL", inBlock: "https://a.example.com", inVariable: "https://b.example.com", empty: "",
			set: func(o *outcome, v string) {
				if v != "" {
					o.Endpoints = map[transport.Service]string{transport.IAM: v}
				}
			},
		},
		{name: "insecure", variable: "HW_INSECURE", field: "skipSecureVerify", inBlock: true, inVariable: "false", inProfile: "true", set: insecure},
		{name: "insecure", variable: "HW_INSECURE", field: "skipSecureVerify", inBlock: false, inVariable: "true", inProfile: "false", set: insecure},
		{
			name: "max_retries", variable: "HW_MAX_RETRIES", inBlock: 0, inVariable: "7", otherwise: "5",
			set: func(o *outcome, v string) { o.MaxRetries, _ = strconv.Atoi(v) },
		},
	}
}

// TestSettings_precedence tries each argument in each selection of sources, and
// with empty values in the others.
func TestSettings_precedence(t *testing.T) {
	tried := map[string]bool{}
	for _, a := range sourcedArguments() {
		tried[a.name] = true
		for selection := range 16 {
			selected := func(source int) bool { return selection&source != 0 }
			block, v, fields, want := args{}, variables{}, map[string]any{}, a.otherwise
			if selected(8) { // what is not selected is empty rather than absent
				block[a.name], v[a.variable] = a.empty, ""
				if a.field != "" && a.empty != nil {
					fields[a.field] = ""
				}
			}
			if selected(4) && a.field != "" {
				fields[a.field], want = a.inProfile, a.inProfile
			}
			if selected(2) {
				v[a.variable], want = a.inVariable, a.inVariable
			}
			if selected(1) {
				block[a.name], want = a.inBlock, fmt.Sprint(a.inBlock)
			}
			t.Run(fmt.Sprintf("%s %v/%v", a.name, a.inBlock, selection), func(t *testing.T) {
				expected := outcome{Credentials: profileKeys, MaxRetries: 5}
				a.set(&expected, want)
				got := settle(t, block.With(args{"shared_config_file": profileFile(t, fields)}), v)
				if expected.Insecure { // which warns
					got.Diagnostics = nil
				}
				diff(t, "outcome", expected, got)
			})
		}
	}
	for _, a := range plainArguments() {
		if !tried[a.name] {
			t.Errorf("%s is not tried", a.name)
		}
	}
}

// TestSettings_olderVariables apply if the first variable of an argument is not set.
func TestSettings_olderVariables(t *testing.T) {
	tried := 0
	for _, a := range plainArguments() {
		if len(a.variables) == 1 {
			continue
		}
		tried++
		read := func(first, second string) string {
			v := variables{a.variables[0]: first, a.variables[1]: second}
			return readSettings(modelOf(t, args{}), v.lookup).values[a.name].text
		}
		first, second := "a", "b"
		if a.name == argAuthURL {
			first, second = "https://a", "https://b"
		}
		diff(t, a.variables[1], second, read("", second))
		diff(t, a.variables[0], first, read(first, second))
	}
	diff(t, "arguments with two variables", 4, tried)
}

// TestSettings_precedenceOfProfiles: the two arguments that name a profile may
// come from different sources, since they are not credentials.
func TestSettings_precedenceOfProfiles(t *testing.T) {
	file := func(name, region string) string {
		return profileFile(t, map[string]any{"name": name, "region": region})
	}
	a, b := file("a", "eu-a"), file("b", "eu-b")
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		want      string // region of the profile, "" for none
	}{
		{"none", args{}, variables{}, ""},
		{"empty", args{"profile": "", "shared_config_file": ""}, variables{"HW_PROFILE": "", "HW_SHARED_CONFIG_FILE": ""}, ""},
		{"a file in the block", args{"shared_config_file": a}, variables{}, "eu-a"},
		{"a file in the block and in the environment", args{"shared_config_file": a}, variables{"HW_SHARED_CONFIG_FILE": b}, "eu-a"},
		{"a file in the environment", args{}, variables{"HW_SHARED_CONFIG_FILE": b}, "eu-b"},
		{"a name in the block, a file in the environment", args{"profile": "b"}, variables{"HW_SHARED_CONFIG_FILE": b}, "eu-b"},
		{"a file in the block, a name in the environment", args{"shared_config_file": a}, variables{"HW_PROFILE": "a"}, "eu-a"},
		{"a name in both", args{"profile": "b"}, variables{"HW_PROFILE": "a", "HW_SHARED_CONFIG_FILE": b}, "eu-b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := outcome{Region: test.want, Credentials: profileKeys, MaxRetries: 5}
			if test.want == "" {
				want.Credentials, want.NoCredentials = credentials.Credentials{}, "none"
			}
			diff(t, "outcome", want, settle(t, test.block, test.variables))
		})
	}
}

// TestSettings_projectID: an ID is ignored if its source names another region, or
// if an earlier source names a project.
func TestSettings_projectID(t *testing.T) {
	for _, test := range []struct {
		name      string
		block     args
		variables variables
		profile   map[string]any
		want      string
	}{
		{"all in the block", args{"region": ownRegion, "project_id": "mine"}, variables{"HW_REGION_NAME": otherRegion, "HW_PROJECT_ID": "theirs"}, nil, "mine"},
		{"in the block, the region in the environment", args{"project_id": "mine"}, variables{"HW_REGION_NAME": otherRegion}, nil, "mine"},
		{"in the environment", args{}, variables{"HW_REGION_NAME": ownRegion, "HW_PROJECT_ID": "mine"}, nil, "mine"},
		{"in the environment, without a region", args{"region": ownRegion}, variables{"HW_PROJECT_ID": "mine"}, nil, "mine"},
		{"in the environment, of the same region", args{"region": ownRegion}, variables{"HW_REGION_NAME": ownRegion, "HW_PROJECT_ID": "mine"}, nil, "mine"},
		{"in the environment, of another region", args{"region": ownRegion}, variables{"HW_REGION_NAME": otherRegion, "HW_PROJECT_ID": "theirs"}, nil, ""},
		{"of OS", args{"region": ownRegion}, variables{"OS_REGION_NAME": ownRegion, "OS_PROJECT_ID": "mine"}, nil, "mine"},
		{"of OS, of another region", args{"region": ownRegion}, variables{"OS_REGION_NAME": otherRegion, "OS_PROJECT_ID": "theirs"}, nil, ""},
		{"of OS, of another region than that of HW", args{}, variables{"HW_REGION_NAME": ownRegion, "OS_REGION_NAME": otherRegion, "OS_PROJECT_ID": "theirs"}, nil, ""},
		{"of HW, beside another region of OS", args{}, variables{"HW_REGION_NAME": ownRegion, "HW_PROJECT_ID": "mine", "OS_REGION_NAME": otherRegion}, nil, "mine"},
		{"of HW, with the region of OS", args{}, variables{"HW_PROJECT_ID": "mine", "OS_REGION_NAME": ownRegion}, nil, "mine"},
		{"of OS, a name of HW", args{}, variables{"HW_PROJECT_NAME": "x", "OS_PROJECT_ID": "theirs"}, nil, ""},
		{"of HW, a name of OS", args{}, variables{"HW_PROJECT_ID": "mine", "OS_PROJECT_NAME": "x"}, nil, "mine"},
		{"in the environment, with the profile's region", args{}, variables{"HW_PROJECT_ID": "mine"}, map[string]any{"region": ownRegion}, "mine"},
		{"in the profile", args{}, variables{}, map[string]any{"region": ownRegion, "projectId": "mine"}, "mine"},
		{"in the profile, without a region", args{"region": ownRegion}, variables{}, map[string]any{"projectId": "mine"}, "mine"},
		{"in the profile, of the same region", args{"region": ownRegion}, variables{}, map[string]any{"region": ownRegion, "projectId": "mine"}, "mine"},
		{"in the profile, of another region than the block's", args{"region": ownRegion}, variables{}, map[string]any{"region": otherRegion, "projectId": "theirs"}, ""},
		{"in the profile, of another region than the environment's", args{}, variables{"HW_REGION_NAME": ownRegion}, map[string]any{"region": otherRegion, "projectId": "theirs"}, ""},
		{"in the profile, but one in the environment", args{}, variables{"HW_PROJECT_ID": "mine"}, map[string]any{"region": ownRegion, "projectId": "theirs"}, "mine"},
		{"with a name in the same source", args{"project_id": "mine", "project_name": "x"}, variables{}, nil, "mine"},
		{"with a name in a later source", args{"project_id": "mine"}, variables{"HW_PROJECT_NAME": "x"}, nil, "mine"},
		{"in the environment, a name in the block", args{"project_name": "x"}, variables{"HW_PROJECT_ID": "theirs"}, nil, ""},
		{"in the profile, a name in the environment", args{}, variables{"HW_PROJECT_NAME": "x"}, map[string]any{"projectId": "theirs"}, ""},
		{"in the environment, an unknown name in the block", args{"project_name": tftypes.UnknownValue}, variables{"HW_PROJECT_ID": "theirs"}, nil, ""},
		{"in the block, an unknown name there", args{"project_id": "mine", "project_name": tftypes.UnknownValue}, variables{}, nil, "mine"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.profile != nil {
				test.block["shared_config_file"] = profileFile(t, test.profile)
			}
			got := settle(t, test.block, test.variables)
			diff(t, "project", test.want, got.ProjectID)
			diff(t, "diagnostics", 0, len(got.Diagnostics))
		})
	}
}

// TestSettings_endpoints: trailing slashes and the version of IAM are removed.
func TestSettings_endpoints(t *testing.T) {
	got := settle(t, args{"endpoints": args{
		"dcs": "https://dcs.example.com/a/", "dws": "http://{region}.example.com:8080//", "cce": "https://cce.example.com/v3", "sts": "https://sts.example.com", "iam": "",
	}}, variables{"HW_AUTH_URL": "https://iam.{region}.example.com/v3/"})
	diff(t, "endpoints", map[transport.Service]string{
		transport.DCS: "https://dcs.example.com/a", transport.DWS: "http://{region}.example.com:8080", transport.CCE: "https://cce.example.com/v3",
		transport.STS: "https://sts.example.com", transport.IAM: "https://iam.{region}.example.com",
	}, got.Endpoints)
	diff(t, "diagnostics", 0, len(got.Diagnostics))
}

// TestSettings_unknown: an unknown value hides all other sources.
func TestSettings_unknown(t *testing.T) {
	v := variables{
		"HW_REGION_NAME": "x", "HW_PROJECT_ID": "x", "HW_PROJECT_NAME": "x", "HW_CLOUD": "x", "HW_AUTH_URL": "https://x", "HW_INSECURE": "true",
		"HW_MAX_RETRIES": "1", "HW_PROFILE": "x", "HW_SHARED_CONFIG_FILE": "x", "HW_ACCESS_KEY": "x", "HW_SECRET_KEY": "x", "HW_ASSUME_ROLE_AGENCY_NAME": "x",
	}
	block, names := args{}, []string{}
	for _, name := range argumentNames() {
		block[name] = tftypes.UnknownValue
		if name != argOIDC { // the keys, which precede it, may still become known
			names = append(names, name)
		}
	}
	got := settle(t, block, v)
	slices.Sort(got.Unknown)
	diff(t, "outcome", outcome{MaxRetries: 5, NoCredentials: "unknown", Unknown: names}, got)
}

func TestSettings_unknownElements(t *testing.T) {
	got := settle(t, args{
		"endpoints":   args{"dcs": tftypes.UnknownValue, "dws": "https://dws.example.com"},
		"assume_role": []args{{"agency_name": "a", "domain_name": tftypes.UnknownValue}},
		"access_key":  "a", "secret_key": "b",
	}, variables{})
	diff(t, "outcome", outcome{
		Endpoints: map[transport.Service]string{transport.DWS: "https://dws.example.com"}, Credentials: credentials.Credentials{AccessKey: "a", SecretKey: "b"},
		MaxRetries: 5, Unknown: []string{"endpoints", "assume_role"},
	}, got)
}

// argumentNames returns the names of all arguments in alphabetical order.
func argumentNames() []string {
	names := slices.Collect(maps.Keys(attributes()))
	return slices.Sorted(slices.Values(slices.AppendSeq(names, maps.Keys(blocks()))))
}
