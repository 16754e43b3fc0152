// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	sdk "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// keys returns the temporary keys with this number.
func keys(number int) fakecloud.Keys {
	n := fmt.Sprint(number)
	return fakecloud.Keys{AccessKey: "AK" + n, SecretKey: "SK" + n, SecurityToken: "token" + n}
}

// signed returns a request that the SDK has signed with these keys.
func signed(t *testing.T, with fakecloud.Keys, method, path, body string) *http.Request {
	t.Helper()
	sum := sha256.Sum256([]byte(body))
	r := anonymous(t, method, host+path, body,
		"X-Sdk-Content-Sha256", hex.EncodeToString(sum[:]), "X-Security-Token", with.SecurityToken)
	builder := sdk.NewHttpRequestBuilder().WithMethod(method).WithEndpoint(host).WithPath(path)
	for name := range r.Header {
		builder.AddHeaderParam(name, r.Header.Get(name))
	}
	added, err := signer.Sign(builder.Build(), with.AccessKey, with.SecretKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range added {
		r.Header.Set(name, value)
	}
	return r
}

// use sends a request signed with these keys and returns why the gateway rejects
// them, "" if it does not.
func use(t *testing.T, cloud *fakecloud.Cloud, with fakecloud.Keys) string {
	t.Helper()
	response := send(t, cloud, signed(t, with, http.MethodGet, fakecloud.ProjectsPath, ""))
	if response.Status == http.StatusOK {
		return ""
	}
	diff(t, "status of a rejection", http.StatusUnauthorized, response.Status)
	return strings.TrimPrefix(at(t, response.Body, "error_msg").(string), "Incorrect IAM authentication information: ")
}

// podCloud returns a cloud whose pod identity agent, the simplest issuer, issues
// these keys.
func podCloud(lifetime time.Duration, issued ...fakecloud.Keys) *fakecloud.Cloud {
	cloud := fakecloud.New(permanent())
	cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: issued, Lifetime: lifetime})
	return cloud
}

// issue returns the access key and the expiry that the agent issues.
func issue(t *testing.T, cloud *fakecloud.Cloud) (accessKey, expiration string) {
	t.Helper()
	response := send(t, cloud, podRequest(t, "projected", "{}"))
	diff(t, "status of pod identity", http.StatusOK, response.Status)
	credentials := at(t, response.Body, "credentials").(map[string]any)
	return credentials["accessKeyId"].(string), credentials["expiration"].(string)
}

func TestIssuer_issuesItsKeysInOrder(t *testing.T) {
	for name, test := range map[string]struct {
		issued []fakecloud.Keys
		want   []string
	}{
		"two keys": {[]fakecloud.Keys{keys(1), keys(2)}, []string{"AK1", "AK2", "AK2"}},
		"no keys":  {nil, []string{"", "", ""}},
	} {
		cloud := podCloud(0, test.issued...)
		diff(t, "use before the first request", "ak AK1 not exist", use(t, cloud, keys(1)))
		var got []string
		for range 3 {
			accessKey, _ := issue(t, cloud)
			got = append(got, accessKey)
		}
		diff(t, name, test.want, got)
		for _, each := range test.issued {
			diff(t, "use of "+each.AccessKey, "", use(t, cloud, each))
		}
	}
}

func TestIssuer_keysExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := podCloud(time.Hour, keys(1))
		_, expiration := issue(t, cloud)
		diff(t, "expiration", "2000-01-01T01:00:00.000000Z", expiration)
		time.Sleep(time.Hour - time.Nanosecond)
		diff(t, "just before", "", use(t, cloud, keys(1)))
		time.Sleep(time.Nanosecond)
		diff(t, "expired", "security token of temporary ak AK1 has expired", use(t, cloud, keys(1)))
		_, expiration = issue(t, cloud)
		diff(t, "extended expiration", "2000-01-01T02:00:00.000000Z", expiration)
		diff(t, "extended", "", use(t, cloud, keys(1)))
	})
}

func TestIssuer_keysNeverExpireWithoutALifetime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := podCloud(0, keys(1))
		_, expiration := issue(t, cloud)
		diff(t, "expiration", "2099-12-07T00:00:00.000000Z", expiration)
		time.Sleep(101 * 365 * 24 * time.Hour)
		diff(t, "a century later", "", use(t, cloud, keys(1)))
	})
}

func TestIssuer_neverShortensALifetime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddAgency(agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}}))
		for _, seconds := range []string{"7200", "900"} {
			body := strings.Replace(assumeByName, `"agency_name"`, `"duration_seconds":`+seconds+`,"agency_name"`, 1)
			diff(t, "status", http.StatusCreated, post(t, cloud, fakecloud.SecurityTokensPath, body).Status)
		}
		time.Sleep(time.Hour)
		diff(t, "after the shorter lifetime", "", use(t, cloud, keys(1)))
	})
}

func TestAccept_neverExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := podCloud(time.Minute, keys(1))
		cloud.Accept(keys(1))
		cloud.Accept(keys(2))
		issue(t, cloud) // for a minute, what is accepted forever
		time.Sleep(time.Hour)
		diff(t, "use", []string{"", "", ""}, []string{use(t, cloud, permanent()), use(t, cloud, keys(1)), use(t, cloud, keys(2))})
	})
}

func TestRevoke_lastsUntilAccept(t *testing.T) {
	cloud := podCloud(0, keys(1))
	issue(t, cloud)
	cloud.Revoke("AK")
	cloud.Revoke("AK1")
	diff(t, "permanent keys", "ak AK not exist", use(t, cloud, permanent()))
	diff(t, "issued keys", "ak AK1 not exist", use(t, cloud, keys(1)))
	issue(t, cloud)
	diff(t, "issued again", "ak AK1 not exist", use(t, cloud, keys(1)))
	cloud.Accept(keys(1))
	diff(t, "accepted", "", use(t, cloud, keys(1)))
}
