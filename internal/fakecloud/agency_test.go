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

// deployment is a cloud with that agency.
func deployment(lifetime time.Duration) *fakecloud.Cloud {
	cloud := open()
	cloud.AddAgency(agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}, Lifetime: lifetime}))
	return cloud
}

// post sends a body with the token.
func post(t *testing.T, cloud *fakecloud.Cloud, path, body string) answered {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, anywhere+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Auth-Token", token)
	return send(t, cloud, r)
}

// iamRefusal is an error in the words of IAM v3.
func iamRefusal(status, title, message string) string {
	return `{"error":{"code":` + status + `,"message":"` + message + `","title":"` + title + `"}}`
}

func TestAgency_isAssumedThroughIAM(t *testing.T) {
	const byID = `{"auth":{"identity":{"methods":["assume_role"],` +
		`"assume_role":{"agency_name":"deployer","domain_id":"d0","duration_seconds":86400}}}}`
	for name, test := range map[string]struct {
		lifetime      time.Duration
		body, expires string
	}{
		"by name":                    {0, assumeByName, "2000-01-01T00:15:00.000000Z"},
		"by id, for a day":           {0, byID, "2000-01-02T00:00:00.000000Z"},
		"longer than the agency has": {time.Hour, byID, "2000-01-01T01:00:00.000000Z"},
		"shorter":                    {time.Hour, assumeByName, "2000-01-01T00:15:00.000000Z"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := deployment(test.lifetime)
				diff(t, "answer", answered{
					http.StatusCreated,
					`{"credential":{"expires_at":"` + test.expires + `","access":"AK1","secret":"SK1","securitytoken":"token1"}}`,
				}, post(t, cloud, fakecloud.SecurityTokensPath, test.body))
				diff(t, "verdict on its keys", "", verdict(t, cloud, keys(1)))

				expires, err := time.Parse(time.RFC3339, test.expires)
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Until(expires))
				diff(t, "verdict in the end", "security token of temporary ak AK1 has expired", verdict(t, cloud, keys(1)))
			})
		})
	}
}

func TestAgency_isRefusedByIAM(t *testing.T) {
	role := func(role string) string {
		return `{"auth":{"identity":{"methods":["assume_role"],"assume_role":` + role + `}}}`
	}
	bad := func(message string) answered {
		return answered{http.StatusBadRequest, iamRefusal("400", "Bad Request", message)}
	}
	unknown := answered{http.StatusNotFound, iamRefusal("404", "Not Found", "Could not find agency: deployer.")}
	for name, test := range map[string]struct {
		body string
		want answered
	}{
		"another name": {
			role(`{"agency_name":"x","domain_name":"group"}`),
			answered{http.StatusNotFound, iamRefusal("404", "Not Found", "Could not find agency: x.")},
		},
		"another domain":    {role(`{"agency_name":"deployer","domain_name":"x"}`), unknown},
		"another domain id": {role(`{"agency_name":"deployer","domain_name":"group","domain_id":"x"}`), unknown},
		"no domain":         {role(`{"agency_name":"deployer"}`), bad("domain_name or domain_id is needed")},
		"no name":           {role(`{"domain_name":"group"}`), bad("agency_name is missing")},
		"no role":           {role(`null`), bad("agency_name is missing")},
		"too short": {
			role(`{"agency_name":"deployer","domain_name":"group","duration_seconds":899}`),
			bad("duration_seconds must be between 900 and 86400"),
		},
		"too long": {
			role(`{"agency_name":"deployer","domain_name":"group","duration_seconds":86401}`),
			bad("duration_seconds must be between 900 and 86400"),
		},
		"another method": {`{"auth":{"identity":{"methods":["token"]}}}`, bad("methods must be assume_role alone")},
		"a wrong type":   {role(`{"agency_name":1}`), bad("The request body is not what is expected.")},
		"no JSON":        {`auth`, bad("The request body is not what is expected.")},
		"no body":        {``, bad("The request body is not what is expected.")},
	} {
		t.Run(name, func(t *testing.T) {
			diff(t, "answer", test.want, post(t, deployment(0), fakecloud.SecurityTokensPath, test.body))
		})
	}
}

func TestAgency_isAssumedThroughSTS(t *testing.T) {
	for name, test := range map[string]struct {
		lifetime      time.Duration
		body, expires string
	}{
		"for an hour":    {0, assumeByURN, "2000-01-01T01:00:00.000Z"},
		"for less":       {30 * time.Minute, assumeByURN, "2000-01-01T00:30:00.000Z"},
		"for half a day": {0, strings.Replace(assumeByURN, `{`, `{"duration_seconds":43200,`, 1), "2000-01-01T12:00:00.000Z"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := deployment(test.lifetime)
				diff(t, "answer", answered{
					http.StatusOK,
					`{"assumed_agency":{"urn":"sts::d0::assumed-agency:deployer/terraform",` +
						`"id":"eeb9b5c0c28d22e56a7489caabab44c3:terraform"},` +
						`"credentials":{"access_key_id":"AK1","secret_access_key":"SK1","security_token":"token1",` +
						`"expiration":"` + test.expires + `"}}`,
				}, post(t, cloud, fakecloud.AssumeAgencyPath, test.body))
				diff(t, "verdict on its keys", "", verdict(t, cloud, keys(1)))
			})
		})
	}
}

func TestAgency_isRefusedBySTS(t *testing.T) {
	bad := func(message string) answered {
		return answered{http.StatusBadRequest, `{"error_code":"STS5.0001","error_msg":"` + message + `"}`}
	}
	unknown := func(urn string) answered {
		return answered{http.StatusForbidden, `{"error_code":"STS5.1106","error_msg":"the agency '` + urn + `' cannot be found"}`}
	}
	malformed := func(urn string) answered {
		return bad(`agency_urn \"` + urn + `\" is not iam::{account_id}:agency:{agency_name}`)
	}
	for name, test := range map[string]struct {
		urn, session, more string
		want               answered
	}{
		"another name":    {"iam::d0:agency:x", "terraform", "", unknown("iam::d0:agency:x")},
		"another account": {"iam::d1:agency:deployer", "terraform", "", unknown("iam::d1:agency:deployer")},
		"no account":      {"iam:::agency:deployer", "terraform", "", malformed("iam:::agency:deployer")},
		"no name":         {"iam::d0:agency:", "terraform", "", malformed("iam::d0:agency:")},
		"a user":          {"iam::d0:user:deployer", "terraform", "", malformed("iam::d0:user:deployer")},
		"no prefix":       {"d0:agency:deployer", "terraform", "", malformed("d0:agency:deployer")},
		"no session": {
			"iam::d0:agency:deployer", "", "", bad("agency_session_name must have 2 to 128 characters"),
		},
		"too long": {
			"iam::d0:agency:deployer", "terraform", `,"duration_seconds":43201`,
			bad("duration_seconds must be between 900 and 43200"),
		},
		"no JSON": {"iam::d0:agency:deployer", "terraform", `,`, bad("malformed request body")},
	} {
		t.Run(name, func(t *testing.T) {
			body := `{"agency_urn":"` + test.urn + `","agency_session_name":"` + test.session + `"` + test.more + `}`
			diff(t, "answer", test.want, post(t, deployment(0), fakecloud.AssumeAgencyPath, body))
		})
	}
}

func TestAgency_givesTemporaryKeysAnHourAtMost(t *testing.T) {
	for seconds, status := range map[string]int{"3600": http.StatusOK, "3601": http.StatusBadRequest} {
		cloud := deployment(0)
		cloud.Accept(temporary())
		body := strings.Replace(assumeByURN, `{`, `{"duration_seconds":`+seconds+`,`, 1)
		r := signed(t, temporary(), http.MethodPost, fakecloud.AssumeAgencyPath, body)
		diff(t, seconds, status, send(t, cloud, r).Status)
	}
}

func TestAgency_knowsItsCallerByTheSignatureOfTheBody(t *testing.T) {
	for path, test := range map[string]struct {
		body string
		want int
	}{
		fakecloud.SecurityTokensPath: {assumeByName, http.StatusCreated},
		fakecloud.AssumeAgencyPath:   {assumeByURN, http.StatusOK},
	} {
		t.Run(path, func(t *testing.T) {
			cloud := deployment(0)
			cloud.Accept(permanent())
			tampered := signed(t, permanent(), http.MethodPost, path, test.body)
			tampered.Body = io.NopCloser(strings.NewReader(test.body + " "))
			stranger := signed(t, permanent(), http.MethodPost, path, test.body)
			stranger.Header.Del("Authorization")
			for _, refused := range []*http.Request{tampered, stranger} {
				diff(t, "refused", http.StatusUnauthorized, send(t, cloud, refused).Status)
			}
			diff(t, "issued meanwhile", "ak AK1 not exist", verdict(t, cloud, keys(1)))
			diff(t, "accepted", test.want, send(t, cloud, signed(t, permanent(), http.MethodPost, path, test.body)).Status)
		})
	}
}

func TestAgency_isTheSameThroughBoth(t *testing.T) {
	cloud := deployment(0)
	post(t, cloud, fakecloud.SecurityTokensPath, assumeByName)
	body := decoded(t, post(t, cloud, fakecloud.AssumeAgencyPath, assumeByURN).Body)
	diff(t, "the second keys", "AK2", body["credentials"].(map[string]any)["access_key_id"])
}

func TestAddAgency_replacesOnlyTheSame(t *testing.T) {
	cloud := deployment(0)
	other := agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(3)}})
	other.DomainName, other.DomainID = "other", "d1"
	cloud.AddAgency(other)
	issued := func() any {
		body := decoded(t, post(t, cloud, fakecloud.SecurityTokensPath, assumeByName).Body)
		return body["credential"].(map[string]any)["access"]
	}
	diff(t, "beside one of another domain", "AK1", issued())
	cloud.AddAgency(agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(4)}}))
	diff(t, "replaced", "AK4", issued())
	diff(t, "verdict on the old keys", "", verdict(t, cloud, keys(1)))
}

func TestAddAgency_isNotNeededForARefusal(t *testing.T) {
	diff(t, "IAM", http.StatusNotFound, post(t, open(), fakecloud.SecurityTokensPath, assumeByName).Status)
	diff(t, "STS", http.StatusForbidden, post(t, open(), fakecloud.AssumeAgencyPath, assumeByURN).Status)
}
