// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const (
	assumeByName = `{"auth":{"identity":{"methods":["assume_role"],` +
		`"assume_role":{"agency_name":"deployer","domain_name":"group"}}}}`
	assumeByURN = `{"agency_urn":"iam::d0:agency:deployer","agency_session_name":"terraform"}`
)

// agency is the agency "deployer" of the account "group".
func agency(issuer fakecloud.Issuer) fakecloud.Agency {
	return fakecloud.Agency{Issuer: issuer, Name: "deployer", DomainName: "group", DomainID: "d0"}
}

// agencyCloud returns a cloud with that agency.
func agencyCloud(lifetime time.Duration) *fakecloud.Cloud {
	cloud := newCloud()
	cloud.AddAgency(agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}, Lifetime: lifetime}))
	return cloud
}

// iamError is an error body of IAM v3.
func iamError(status, title, message string) string {
	return `{"error":{"code":` + status + `,"message":"` + message + `","title":"` + title + `"}}`
}

func TestAgency_isAssumedThroughIAM(t *testing.T) {
	const byID = `{"auth":{"identity":{"methods":["assume_role"],` +
		`"assume_role":{"agency_name":"deployer","domain_id":"d0","duration_seconds":86400}}}}`
	for name, test := range map[string]struct {
		lifetime      time.Duration
		body, expires string
	}{
		"by name":                     {0, assumeByName, "2000-01-01T00:15:00.000000Z"},
		"by ID, for a day":            {0, byID, "2000-01-02T00:00:00.000000Z"},
		"longer than the agency's":    {time.Hour, byID, "2000-01-01T01:00:00.000000Z"},
		"shorter, without a duration": {time.Hour, assumeByName, "2000-01-01T00:15:00.000000Z"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := agencyCloud(test.lifetime)
				diff(t, "response", result{
					http.StatusCreated,
					`{"credential":{"expires_at":"` + test.expires + `","access":"AK1","secret":"SK1","securitytoken":"token1"}}`,
				}, post(t, cloud, fakecloud.SecurityTokensPath, test.body))
				diff(t, "use", "", use(t, cloud, keys(1)))
				expires, err := time.Parse(time.RFC3339, test.expires)
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Until(expires))
				diff(t, "use once expired", "security token of temporary ak AK1 has expired", use(t, cloud, keys(1)))
			})
		})
	}
}

func TestAgency_isRejectedByIAM(t *testing.T) {
	role := func(role string) string {
		return `{"auth":{"identity":{"methods":["assume_role"],"assume_role":` + role + `}}}`
	}
	bad := func(message string) result {
		return result{http.StatusBadRequest, iamError("400", "Bad Request", message)}
	}
	unknown := func(name string) result {
		return result{http.StatusNotFound, iamError("404", "Not Found", "Could not find agency: "+name+".")}
	}
	for body, want := range map[string]result{
		role(`{"agency_name":"x","domain_name":"group"}`):                                 unknown("x"),
		role(`{"agency_name":"deployer","domain_name":"x"}`):                              unknown("deployer"),
		role(`{"agency_name":"deployer","domain_name":"group","domain_id":"x"}`):          unknown("deployer"),
		role(`{"agency_name":"deployer"}`):                                                bad("domain_name or domain_id is needed"),
		role(`{"domain_name":"group"}`):                                                   bad("agency_name is missing"),
		role(`null`):                                                                      bad("agency_name is missing"),
		role(`{"agency_name":"deployer","domain_name":"group","duration_seconds":899}`):   bad("duration_seconds must be between 900 and 86400"),
		role(`{"agency_name":"deployer","domain_name":"group","duration_seconds":86401}`): bad("duration_seconds must be between 900 and 86400"),
		`{"auth":{"identity":{"methods":["password"]}}}`:                                  bad("methods must be either token or assume_role"),
		role(`{"agency_name":1}`):                                                         bad("The request body is not what is expected."),
		`auth`:                                                                            bad("The request body is not what is expected."),
	} {
		diff(t, body, want, post(t, agencyCloud(0), fakecloud.SecurityTokensPath, body))
	}
}

func TestAgency_isAssumedThroughSTS(t *testing.T) {
	for name, test := range map[string]struct {
		lifetime      time.Duration
		body, expires string
	}{
		"default":        {0, assumeByURN, "2000-01-01T01:00:00.000Z"},
		"agency's":       {30 * time.Minute, assumeByURN, "2000-01-01T00:30:00.000Z"},
		"for half a day": {0, strings.Replace(assumeByURN, `{`, `{"duration_seconds":43200,`, 1), "2000-01-01T12:00:00.000Z"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := agencyCloud(test.lifetime)
				diff(t, "response", ok(`{"assumed_agency":{"urn":"sts::d0::assumed-agency:deployer/terraform",`+
					`"id":"eeb9b5c0c28d22e56a7489caabab44c3:terraform"},`+
					`"credentials":{"access_key_id":"AK1","secret_access_key":"SK1","security_token":"token1",`+
					`"expiration":"`+test.expires+`"}}`), post(t, cloud, fakecloud.AssumeAgencyPath, test.body))
				diff(t, "use", "", use(t, cloud, keys(1)))
			})
		})
	}
}

func TestAgency_isRejectedBySTS(t *testing.T) {
	bad := func(message string) result {
		return result{http.StatusBadRequest, `{"error_code":"STS5.0001","error_msg":"` + message + `"}`}
	}
	unknown := func(urn string) result {
		return result{http.StatusForbidden, `{"error_code":"STS5.1106","error_msg":"the agency '` + urn + `' cannot be found"}`}
	}
	malformed := func(urn string) result {
		return bad(`agency_urn \"` + urn + `\" is not iam::{account_id}:agency:{agency_name}`)
	}
	const deployer, session = "iam::d0:agency:deployer", `"terraform"`
	for _, test := range []struct {
		urn, session string
		want         result
	}{
		{"iam::d0:agency:x", session, unknown("iam::d0:agency:x")},
		{"iam::d1:agency:deployer", session, unknown("iam::d1:agency:deployer")},
		{"iam:::agency:deployer", session, malformed("iam:::agency:deployer")},
		{"iam::d0:agency:", session, malformed("iam::d0:agency:")},
		{"iam::d0:user:deployer", session, malformed("iam::d0:user:deployer")},
		{"d0:agency:deployer", session, malformed("d0:agency:deployer")},
		{deployer, `""`, bad("agency_session_name must have 2 to 128 characters")},
		{deployer, session + `,"duration_seconds":43201`, bad("duration_seconds must be between 900 and 43200")},
		{deployer, session + `,`, bad("malformed request body")},
	} {
		body := `{"agency_urn":"` + test.urn + `","agency_session_name":` + test.session + `}`
		diff(t, body, test.want, post(t, agencyCloud(0), fakecloud.AssumeAgencyPath, body))
	}
	for seconds, status := range map[string]int{"3600": http.StatusOK, "3601": http.StatusBadRequest} {
		cloud := agencyCloud(0)
		cloud.Accept(temporary())
		body := strings.Replace(assumeByURN, `{`, `{"duration_seconds":`+seconds+`,`, 1)
		diff(t, seconds+" with temporary keys", status, send(t, cloud, signed(t, temporary(), http.MethodPost, fakecloud.AssumeAgencyPath, body)).Status)
	}
}

func TestAgency_authenticatesTheBody(t *testing.T) {
	for path, test := range map[string]struct {
		body string
		want int
	}{
		fakecloud.SecurityTokensPath: {assumeByName, http.StatusCreated},
		fakecloud.AssumeAgencyPath:   {assumeByURN, http.StatusOK},
	} {
		cloud := agencyCloud(0)
		cloud.Accept(permanent())
		changed := signed(t, permanent(), http.MethodPost, path, test.body)
		changed.Body = io.NopCloser(strings.NewReader(test.body + " "))
		unsigned := signed(t, permanent(), http.MethodPost, path, test.body)
		unsigned.Header.Del("Authorization")
		for _, r := range []*http.Request{changed, unsigned} {
			diff(t, path, http.StatusUnauthorized, send(t, cloud, r).Status)
		}
		diff(t, "keys not issued", "ak AK1 not exist", use(t, cloud, keys(1)))
		diff(t, path, test.want, send(t, cloud, signed(t, permanent(), http.MethodPost, path, test.body)).Status)
	}
}

func TestAddAgency_replacesOnlyTheSameAgency(t *testing.T) {
	cloud := agencyCloud(0)
	other := agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(3)}})
	other.DomainName, other.DomainID = "other", "d1"
	cloud.AddAgency(other)
	issued := func() any {
		return at(t, post(t, cloud, fakecloud.SecurityTokensPath, assumeByName).Body, "credential", "access")
	}
	diff(t, "beside an agency of another domain", "AK1", issued())
	diff(t, "the next keys through STS", "AK2",
		at(t, post(t, cloud, fakecloud.AssumeAgencyPath, assumeByURN).Body, "credentials", "access_key_id"))
	cloud.AddAgency(agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(4)}}))
	diff(t, "replaced", "AK4", issued())
	diff(t, "use of the old keys", "", use(t, cloud, keys(1)))
}
