// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"strings"
	"testing"

	sdkregion "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/region"
	cce "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/cce/v3/region"
	dcs "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/region"
	dws "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dws/v2/region"
)

// TestEndpoints_followTheRegionTablesOfTheSDK, except for one row, where the
// tables of DCS and of the official provider contradict each other.
func TestEndpoints_followTheRegionTablesOfTheSDK(t *testing.T) {
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
			want, exception := exceptions[string(service)+" "+id]
			if !exception {
				want = listed.Endpoints[0]
			} else if listed.Endpoints[0] == want {
				t.Errorf("%s in %s is no longer an exception", service, id)
			}
			got, err := Endpoints{}.URL(service, id)
			diff(t, string(service)+" in "+id, want, got)
			diff(t, "error", nil, err)
		}
	}
	if regions < 80 {
		t.Errorf("only %d regions were found", regions)
	}
}

// sdkRegions returns the regions of a table, which it lists in the error for an
// unknown one.
func sdkRegions(t *testing.T, find func(string) (*sdkregion.Region, error)) []string {
	t.Helper()
	_, err := find("nowhere")
	if err == nil {
		t.Fatal("the table knows nowhere")
	}
	_, list, _ := strings.Cut(err.Error(), ": [")
	return strings.Split(strings.TrimSuffix(list, "]"), ", ")
}

func TestEndpoints_URL(t *testing.T) {
	fixed := map[Service]string{DCS: "https://own.example.com/dcs", IAM: "https://iam.example.com"}
	placed := map[Service]string{DCS: "https://{region}.example.com/x/{region}"}
	for _, test := range []struct {
		name      string
		service   Service
		region    string
		endpoints Endpoints
		want      string
		err       error
	}{
		{"default", DCS, region, Endpoints{}, "https://dcs.cn-north-4.myhuaweicloud.com", nil},
		{"default in Europe", IAM, "eu-west-101", Endpoints{}, "https://iam.eu-west-101.myhuaweicloud.eu", nil},
		{"default in a neighbor of it", CCE, "eu-west-0", Endpoints{}, "https://cce.eu-west-0.myhuaweicloud.com", nil},
		{"DWS on the domain cn", DWS, "tr-west-1", Endpoints{}, "https://dws.tr-west-1.myhuaweicloud.cn", nil},
		{"IAM in the same region", IAM, "tr-west-1", Endpoints{}, "https://iam.tr-west-1.myhuaweicloud.com", nil},
		{"another cloud", DCS, "eu-de", Endpoints{Cloud: "otc.t-systems.com"}, "https://dcs.eu-de.otc.t-systems.com", nil},
		{"another cloud in any region", DWS, "tr-west-1", Endpoints{Cloud: "example.com"}, "https://dws.tr-west-1.example.com", nil},
		{"configured", DCS, region, Endpoints{OwnRegion: region, Configured: fixed}, "https://own.example.com/dcs", nil},
		{"configured for another service", DWS, region, Endpoints{OwnRegion: region, Configured: fixed}, "https://dws.cn-north-4.myhuaweicloud.com", nil},
		{"with a placeholder", DCS, "eu-de", Endpoints{OwnRegion: region, Configured: placed}, "https://eu-de.example.com/x/eu-de", nil},
		{"without an own region", DCS, "eu-de", Endpoints{Configured: fixed}, "https://own.example.com/dcs", nil},
		{"IAM serves all regions", IAM, "eu-de", Endpoints{OwnRegion: region, Configured: fixed}, "https://iam.example.com", nil},
		{
			"another region", DCS, "eu-de",
			Endpoints{OwnRegion: region, Configured: fixed},
			"",
			&ForeignRegionError{Service: DCS, Endpoint: "https://own.example.com/dcs", OwnRegion: region, Region: "eu-de"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.endpoints.URL(test.service, test.region)
			diff(t, "URL", test.want, got)
			diff(t, "error", test.err, err)
		})
	}
	cloud := newCloud()
	c := newClient(cloud.Transport(), 0)
	c.Endpoints = Endpoints{OwnRegion: "eu-de", Configured: fixed}
	err := readJob(t.Context(), c)
	diff(t, "error of a request", "the endpoint https://own.example.com/dcs of dcs serves eu-de, not cn-north-4", err.Error())
	diff(t, "requests", 0, len(cloud.Requests()))
}

func TestParseEndpoint(t *testing.T) {
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
		{DCS, "https://user:password@dcs.example.com", "", "it contains a user name or a password"},
		{DCS, "https://user@dcs.example.com", "", "it contains a user name or a password"},
		{DCS, "https://dcs.example.com?a=b", "", "it contains a query or a fragment"},
		{DCS, "https://dcs.example.com?", "", "it contains a query or a fragment"},
		{DCS, "https://dcs.example.com#", "", "it contains a query or a fragment"},
		{DCS, "https://dcs.example.com#a", "", "it contains a query or a fragment"},
		{DCS, "https://dcs.example.com:port", "", "it is not a valid URL"},
		{DCS, "https://dcs.exa mple.com", "", "it is not a valid URL"},
		{DCS, "https://dcs.example.com/%zz", "", "it is not a valid URL"},
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

func TestCheckHost(t *testing.T) {
	for text, fits := range map[string]bool{
		"cn-north-4": true, "myhuaweicloud.com": true, "a": true, "EU-de": true, "otc.t-systems.com": true, "1": true,
		"": false, ".": false, "a.": false, ".a": false, "a..b": false, "-a": false, "a-": false, "a/b": false, "a:1": false,
		"a b": false, "a@b": false, "a_b": false, "ä": false, "a\n": false, "{region}": false,
	} {
		diff(t, text, fits, CheckHost(text) == nil)
	}
}
