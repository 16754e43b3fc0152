// SPDX-License-Identifier: MPL-2.0

package client

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestConfig_resolve(t *testing.T) {
	const north, south = "cn-north-4", "cn-south-1"
	endpoints := func(services ...transport.Service) map[transport.Service]string {
		configured := map[transport.Service]string{}
		for _, s := range services {
			configured[s] = "https://" + string(s) + ".example.com"
		}
		return configured
	}
	unknown := func(arguments ...string) Config { return Config{Region: north, ProjectID: "own", Unknown: arguments} }
	none := func(argument string) error { return &UnknownArgumentError{argument} }
	placed := map[transport.Service]string{transport.DCS: "https://{region}.example.com"}
	throughIAM, throughSTS := []credentials.AssumeRole{{AgencyName: "a", DomainName: "d"}}, []credentials.AssumeRole{{AgencyName: "a", DomainID: "i"}}
	for _, test := range []struct {
		name       string
		config     Config
		region, id string // of the read
		want       scope
		err        error
	}{
		{"an ID of the read", Config{Region: north}, "", "given", scope{north, "given", ""}, nil},
		{"an ID and a region of the read", Config{}, south, "given", scope{south, "given", ""}, nil},
		{"an ID of the read takes precedence", Config{Region: north, ProjectID: "own"}, north, "given", scope{north, "given", ""}, nil},
		{"a configured ID", Config{Region: north, ProjectID: "own"}, "", "", scope{north, "own", ""}, nil},
		{"a configured ID, the own region named", Config{Region: north, ProjectID: "own"}, north, "", scope{north, "own", ""}, nil},
		{"a configured ID and name", Config{Region: north, ProjectID: "own", ProjectName: "cn-north-4_sub"}, "", "", scope{north, "own", ""}, nil},
		{"named after the region", Config{Region: north}, "", "", scope{north, "", north}, nil},
		{"a configured name", Config{Region: north, ProjectName: "cn-north-4_sub"}, "", "", scope{north, "", "cn-north-4_sub"}, nil},
		{"an ID in another region", Config{Region: north, ProjectID: "own"}, south, "", scope{south, "", south}, nil},
		{"a name in another region", Config{Region: north, ProjectName: "cn-north-4_sub"}, south, "", scope{south, "", south}, nil},
		{"an ID without an own region", Config{ProjectID: "own"}, south, "", scope{south, "", south}, nil},
		{"no region", Config{ProjectID: "own"}, "", "given", scope{}, ErrNoRegion},
		{
			"an endpoint that serves another region",
			Config{Region: north, Endpoints: endpoints(transport.DCS)},
			south, "given",
			scope{},
			&transport.ForeignRegionError{Service: transport.DCS, Endpoint: "https://dcs.example.com", OwnRegion: north, Region: south},
		},
		{"an endpoint of another service", Config{Region: north, Endpoints: endpoints(transport.DWS)}, south, "given", scope{south, "given", ""}, nil},

		{"unknown: region", Config{Unknown: []string{"region"}}, "", "given", scope{}, none("region")},
		{"unknown: region, named by the read", Config{Unknown: []string{"region"}}, south, "given", scope{south, "given", ""}, nil},
		{"unknown: region, on which the ID depends", Config{ProjectID: "own", Unknown: []string{"region"}}, south, "", scope{}, none("region")},
		{"unknown: region, on which the name depends", Config{ProjectName: "x", Unknown: []string{"region"}}, south, "", scope{}, none("region")},
		{"unknown: region and project_id", Config{Unknown: []string{"project_id", "region"}}, south, "", scope{}, none("region")},
		{"unknown: region, without an ID or a name", Config{Unknown: []string{"region"}}, south, "", scope{south, "", south}, nil},
		{"unknown: region, on which the endpoint depends", Config{Endpoints: endpoints(transport.DCS), Unknown: []string{"region"}}, south, "given", scope{}, none("region")},
		{"unknown: region, with a placeholder", Config{Endpoints: placed, Unknown: []string{"region"}}, south, "given", scope{south, "given", ""}, nil},
		{"unknown: profile, which may name the region", Config{Unknown: []string{"profile"}}, "", "given", scope{}, none("profile")},
		{"unknown: shared_config_file, which may name the region", Config{Unknown: []string{"shared_config_file"}}, "", "given", scope{}, none("shared_config_file")},
		{"unknown: project_id", Config{Region: north, Unknown: []string{"project_id"}}, "", "", scope{}, none("project_id")},
		{"unknown: project_id in another region", Config{Region: north, Unknown: []string{"project_id"}}, south, "", scope{south, "", south}, nil},
		{"unknown: project_id, named by the read", Config{Region: north, Unknown: []string{"project_id"}}, "", "given", scope{north, "given", ""}, nil},
		{"unknown: project_name", Config{Region: north, Unknown: []string{"project_name"}}, "", "", scope{}, none("project_name")},
		{"unknown: project_name with an ID", unknown("project_name"), "", "", scope{north, "own", ""}, nil},
		{"unknown: cloud", unknown("cloud"), "", "", scope{}, none("cloud")},
		{"unknown: cloud with an endpoint", Config{Region: north, ProjectID: "own", Endpoints: endpoints(transport.DCS), Unknown: []string{"cloud"}}, "", "", scope{north, "own", ""}, nil},
		{"unknown: cloud, on which IAM depends", Config{Region: north, Endpoints: endpoints(transport.DCS), Unknown: []string{"cloud"}}, "", "", scope{}, none("cloud")},
		{"unknown: endpoints", unknown("endpoints"), "", "", scope{}, none("endpoints")},
		{"unknown: auth_url", unknown("auth_url"), "", "", scope{north, "own", ""}, nil},
		{"unknown: auth_url, on which IAM depends", Config{Region: north, Unknown: []string{"auth_url"}}, "", "", scope{}, none("auth_url")},
		{"unknown: auth_url, on which the agency depends", Config{Region: north, AssumeRoles: throughIAM, Unknown: []string{"auth_url"}}, "", "given", scope{}, none("auth_url")},
		{"unknown: auth_url, with an agency through STS", Config{Region: north, AssumeRoles: throughSTS, Unknown: []string{"auth_url"}}, "", "given", scope{north, "given", ""}, nil},
		{"unknown: auth_url, on which an identity provider depends", Config{Region: north, Credentials: credentials.OIDC{}, Unknown: []string{"auth_url"}}, "", "given", scope{}, none("auth_url")},
		{
			"unknown: cloud, on which STS depends",
			Config{Region: north, Endpoints: endpoints(transport.DCS, transport.IAM), AssumeRoles: throughSTS, Unknown: []string{"cloud"}},
			"", "given",
			scope{},
			none("cloud"),
		},
		{"unknown: access_key", unknown("access_key"), "", "", scope{}, none("access_key")},
		{"unknown: secret_key", unknown("secret_key"), "", "", scope{}, none("secret_key")},
		{"unknown: security_token", unknown("security_token"), "", "", scope{}, none("security_token")},
		{"unknown: token", unknown("token"), "", "", scope{}, none("token")},
		{"unknown: profile, which may hold the credentials", unknown("profile"), "", "", scope{}, none("profile")},
		{"unknown: shared_config_file, which may hold the credentials", unknown("shared_config_file"), "", "", scope{}, none("shared_config_file")},
		{"unknown: assume_role_with_oidc", unknown("assume_role_with_oidc"), "", "", scope{}, none("assume_role_with_oidc")},
		{"unknown: assume_role", unknown("assume_role"), "", "", scope{}, none("assume_role")},
		{"unknown: max_retries", unknown("max_retries"), "", "", scope{}, none("max_retries")},
		{"unknown: insecure", unknown("insecure"), "", "", scope{}, none("insecure")},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.config.resolve(transport.DCS, test.region, test.id)
			diff(t, "region", test.want.region, got.region)
			diff(t, "project ID", test.want.projectID, got.projectID)
			diff(t, "project name", test.want.projectName, got.projectName)
			diff(t, "error", test.err, err)
		})
	}
}
