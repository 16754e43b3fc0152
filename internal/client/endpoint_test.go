// SPDX-License-Identifier: MPL-2.0

package client

import (
	"strings"
	"testing"

	sdkregion "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/region"
	cce "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/cce/v3/region"
	dcs "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/region"
	dws "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dws/v2/region"
)

// TestEndpoint_agreesWithTheRegionTablesOfTheSDK but for one row, where those
// of DCS and the official provider contradict each other.
func TestEndpoint_agreesWithTheRegionTablesOfTheSDK(t *testing.T) {
	exceptions := map[string]string{"dcs eu-west-101": "https://dcs.eu-west-101.myhuaweicloud.eu"}
	regions := 0
	for service, find := range map[Service]func(string) (*sdkregion.Region, error){
		DCS: dcs.SafeValueOf, DWS: dws.SafeValueOf, CCE: cce.SafeValueOf,
	} {
		for _, id := range sdkRegions(t, find) {
			regions++
			listed, err := find(id)
			if err != nil {
				t.Fatal(err)
			}
			want, exceptional := exceptions[string(service)+" "+id]
			if !exceptional {
				want = listed.Endpoints[0]
			} else if listed.Endpoints[0] == want {
				t.Errorf("%s in %s is no exception any more", service, id)
			}
			got, err := newClient(nil).endpoint(service, id)
			diff(t, string(service)+" in "+id, want, got)
			diff(t, "error", nil, err)
		}
	}
	if regions < 80 {
		t.Errorf("only %d regions were found", regions)
	}
}

// sdkRegions are the regions of a table, which it names where it is asked for
// one that it does not know.
func sdkRegions(t *testing.T, find func(string) (*sdkregion.Region, error)) []string {
	t.Helper()
	_, err := find("nowhere")
	if err == nil {
		t.Fatal("the table knows nowhere")
	}
	_, list, _ := strings.Cut(err.Error(), ": [")
	return strings.Split(strings.TrimSuffix(list, "]"), ", ")
}

func TestEndpoint_isFoundForEveryService(t *testing.T) {
	own := map[Service]string{DCS: "https://own.example.com/dcs"}
	placed := map[Service]string{DCS: "https://{region}.example.com/x/{region}"}
	iam := map[Service]string{IAM: "https://iam.example.com"}
	for _, test := range []struct {
		name    string
		service Service
		region  string
		config  Config
		want    string
		err     error
	}{
		{"by default", DCS, "cn-north-4", Config{}, "https://dcs.cn-north-4.myhuaweicloud.com", nil},
		{"IAM by default", IAM, "cn-north-4", Config{}, "https://iam.cn-north-4.myhuaweicloud.com", nil},
		{"in Europe", IAM, "eu-west-101", Config{}, "https://iam.eu-west-101.myhuaweicloud.eu", nil},
		{"in a neighbour of it", CCE, "eu-west-0", Config{}, "https://cce.eu-west-0.myhuaweicloud.com", nil},
		{"DWS on the domain cn", DWS, "tr-west-1", Config{}, "https://dws.tr-west-1.myhuaweicloud.cn", nil},
		{"IAM of the same region", IAM, "tr-west-1", Config{}, "https://iam.tr-west-1.myhuaweicloud.com", nil},
		{"in another cloud", DCS, "eu-de", Config{Cloud: "otc.t-systems.com"}, "https://dcs.eu-de.otc.t-systems.com", nil},
		{"in another cloud, whatever the region", DWS, "tr-west-1", Config{Cloud: "example.com"}, "https://dws.tr-west-1.example.com", nil},
		{"configured", DCS, region, Config{Region: region, Endpoints: own}, "https://own.example.com/dcs", nil},
		{"configured for another service", DWS, region, Config{Region: region, Endpoints: own}, "https://dws.cn-north-4.myhuaweicloud.com", nil},
		{"with the region in it", DCS, "eu-de", Config{Region: region, Endpoints: placed}, "https://eu-de.example.com/x/eu-de", nil},
		{"of a provider without a region", DCS, "eu-de", Config{Endpoints: own}, "https://own.example.com/dcs", nil},
		{
			"of another region", DCS, "eu-de",
			Config{Region: region, Endpoints: own},
			"",
			&ForeignRegionError{Service: DCS, Endpoint: "https://own.example.com/dcs", OwnRegion: region, Region: "eu-de"},
		},
		{"IAM serves all regions", IAM, "eu-de", Config{Region: region, Endpoints: iam}, "https://iam.example.com", nil},
		{"endpoints not known yet", DCS, region, Config{Unknown: []string{"endpoints"}}, "", &UnknownArgumentError{"endpoints"}},
		{"auth_url not known yet", IAM, region, Config{Unknown: []string{"auth_url"}}, "", &UnknownArgumentError{"auth_url"}},
		{"auth_url is of IAM alone", DCS, region, Config{Unknown: []string{"auth_url"}}, "https://dcs.cn-north-4.myhuaweicloud.com", nil},
		{"cloud not known yet", DCS, region, Config{Unknown: []string{"cloud"}}, "", &UnknownArgumentError{"cloud"}},
		{
			"of a region not known yet", DCS, "eu-de",
			Config{Endpoints: own, Unknown: []string{"region"}},
			"",
			&UnknownArgumentError{"region"},
		},
		{"with the region in it, whatever the own one", DCS, "eu-de", Config{Endpoints: placed, Unknown: []string{"region"}}, "https://eu-de.example.com/x/eu-de", nil},
		{"cloud is not needed", DCS, region, Config{Region: region, Endpoints: own, Unknown: []string{"cloud"}}, "https://own.example.com/dcs", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := New(test.config).endpoint(test.service, test.region)
			diff(t, "endpoint", test.want, got)
			diff(t, "error", test.err, err)
		})
	}
}

func TestParseEndpoint_wantsSchemeHostAndPath(t *testing.T) {
	for _, test := range []struct {
		service    Service
		text, want string
		problem    string
	}{
		{DCS, "https://dcs.example.com", "https://dcs.example.com", ""},
		{DCS, "https://dcs.example.com/", "https://dcs.example.com", ""},
		{DCS, "http://127.0.0.1:8080/dcs//", "http://127.0.0.1:8080/dcs", ""},
		{DCS, "https://[::1]:8443", "https://[::1]:8443", ""},
		{DCS, "HTTPS://dcs.example.com", "HTTPS://dcs.example.com", ""},
		{DCS, "https://dcs.{region}.example.com/{region}/", "https://dcs.{region}.example.com/{region}", ""},
		{DCS, "https://dcs.example.com/v3", "https://dcs.example.com/v3", ""},
		{IAM, "https://iam.example.com", "https://iam.example.com", ""},
		{IAM, "https://iam.example.com/v3", "https://iam.example.com", ""},
		{IAM, "https://iam.example.com/v3/", "https://iam.example.com", ""},
		{IAM, "https://iam.example.com/proxy/v3", "https://iam.example.com/proxy", ""},
		{IAM, "https://iam.example.com/v30", "https://iam.example.com/v30", ""},
		{DCS, "dcs.example.com", "", "it does not begin with https:// or http://"},
		{DCS, "ftp://dcs.example.com", "", "it does not begin with https:// or http://"},
		{DCS, "//dcs.example.com", "", "it does not begin with https:// or http://"},
		{DCS, "https://", "", "it has no host"},
		{DCS, "https:///path", "", "it has no host"},
		{DCS, "https://:8080", "", "it has no host"},
		{DCS, "https:dcs.example.com", "", "it has no host"},
		{DCS, "https://user:password@dcs.example.com", "", "it holds a user name or a password"},
		{DCS, "https://user@dcs.example.com", "", "it holds a user name or a password"},
		{DCS, "https://dcs.example.com?a=b", "", "it has a query or a fragment"},
		{DCS, "https://dcs.example.com?", "", "it has a query or a fragment"},
		{DCS, "https://dcs.example.com#a", "", "it has a query or a fragment"},
		{DCS, "https://dcs.example.com:port", "", "it is not a URL"},
		{DCS, "https://dcs.exa mple.com", "", "it is not a URL"},
		{DCS, "https://dcs.example.com/%zz", "", "it is not a URL"},
	} {
		t.Run(test.text, func(t *testing.T) {
			got, err := ParseEndpoint(test.service, test.text)
			problem := ""
			if err != nil {
				problem = err.Error()
			}
			diff(t, "problem", test.problem, problem)
			diff(t, "endpoint", test.want, got)
		})
	}
}

func TestCheckIdentifier_refusesWhatWouldLeaveItsPlaceInAPath(t *testing.T) {
	odd := " has a character that is neither a letter, a digit, a hyphen, an underscore nor a dot"
	for text, problem := range map[string]string{
		jobID: "", clusterID: "", "a": "", "SNAPSHOTTING_FAILED": "", "...": "", "-": "", "v1.2_3-4": "",
		"": "it is empty", ".": `"." is a path, not an identifier`, "..": `".." is a path, not an identifier`,
		"a/b": `"a/b"` + odd, "a b": `"a b"` + odd, "a%2Fb": `"a%2Fb"` + odd, "a?b": `"a?b"` + odd, "ä": `"ä"` + odd, "a\n": `"a\n"` + odd,
	} {
		t.Run(text, func(t *testing.T) {
			err := CheckIdentifier(text)
			diff(t, "refused", problem != "", err != nil)
			if err != nil {
				diff(t, "problem", problem, err.Error())
			}
		})
	}
}

func TestCheckHost_refusesWhatWouldLeaveItsPlaceInAHost(t *testing.T) {
	for text, fits := range map[string]bool{
		"cn-north-4": true, "myhuaweicloud.com": true, "a": true, "EU-de": true, "otc.t-systems.com": true, "1": true,
		"": false, ".": false, "a.": false, ".a": false, "a..b": false, "-a": false, "a-": false, "a/b": false, "a:1": false,
		"a b": false, "a@b": false, "a_b": false, "ä": false, "a\n": false, "{region}": false,
	} {
		diff(t, text, fits, CheckHost(text) == nil)
	}
}
