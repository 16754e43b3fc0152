// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	sdk "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// keys are the temporary keys of this number.
func keys(number int) fakecloud.Keys {
	n := fmt.Sprint(number)
	return fakecloud.Keys{AccessKey: "AK" + n, SecretKey: "SK" + n, SecurityToken: "token" + n}
}

// signed is a request of these keys, signed by the SDK.
func signed(t *testing.T, of fakecloud.Keys, method, path, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, anywhere+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	r.Header.Set("X-Sdk-Content-Sha256", hex.EncodeToString(sum[:]))
	if of.SecurityToken != "" {
		r.Header.Set("X-Security-Token", of.SecurityToken)
	}
	builder := sdk.NewHttpRequestBuilder().WithMethod(method).WithEndpoint(anywhere).WithPath(path)
	for name := range r.Header {
		builder.AddHeaderParam(name, r.Header.Get(name))
	}
	added, err := signer.Sign(builder.Build(), of.AccessKey, of.SecretKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range added {
		r.Header.Set(name, value)
	}
	return r
}

// verdict is what the gateway thinks of these keys: "" if it lets them in.
func verdict(t *testing.T, cloud *fakecloud.Cloud, of fakecloud.Keys) string {
	t.Helper()
	answer := send(t, cloud, signed(t, of, http.MethodGet, fakecloud.ProjectsPath, ""))
	if answer.Status == http.StatusOK {
		return ""
	}
	diff(t, "status of a refusal", http.StatusUnauthorized, answer.Status)
	return strings.TrimPrefix(decoded(t, answer.Body)["error_msg"].(string), "Incorrect IAM authentication information: ")
}

// pod asks the pod identity agent, the source with the least ado, and tells the
// access key and the expiry it got.
func pod(t *testing.T, cloud *fakecloud.Cloud) (accessKey, expiration string) {
	t.Helper()
	answer := send(t, cloud, podRequest(t, "projected", "{}"))
	diff(t, "status of pod identity", http.StatusOK, answer.Status)
	credentials := decoded(t, answer.Body)["credentials"].(map[string]any)
	return credentials["accessKeyId"].(string), credentials["expiration"].(string)
}

func TestIssuer_handsOutOneAfterTheOtherAndTheLastForEver(t *testing.T) {
	cloud := fakecloud.New()
	cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}})
	diff(t, "before the first request", "ak AK1 not exist", verdict(t, cloud, keys(1)))

	var got []string
	for range 3 {
		accessKey, _ := pod(t, cloud)
		got = append(got, accessKey)
	}
	diff(t, "access keys", []string{"AK1", "AK2", "AK2"}, got)
	diff(t, "verdicts", []string{"", ""}, []string{verdict(t, cloud, keys(1)), verdict(t, cloud, keys(2))})
}

func TestIssuer_withoutKeysHandsOutEmptyOnes(t *testing.T) {
	cloud := fakecloud.New()
	cloud.ServePodIdentity("projected", fakecloud.Issuer{})
	accessKey, _ := pod(t, cloud)
	diff(t, "access key", "", accessKey)
}

func TestIssuer_isAcceptedForItsLifetime(t *testing.T) {
	const expired = "security token of temporary ak AK1 has expired"
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New()
		cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}, Lifetime: time.Hour})
		_, expiration := pod(t, cloud)
		diff(t, "expiration", "2000-01-01T01:00:00.000000Z", expiration)

		time.Sleep(time.Hour - time.Nanosecond)
		diff(t, "the last moment", "", verdict(t, cloud, keys(1)))
		time.Sleep(time.Nanosecond)
		diff(t, "one hour", expired, verdict(t, cloud, keys(1)))

		_, expiration = pod(t, cloud)
		diff(t, "prolonged expiration", "2000-01-01T02:00:00.000000Z", expiration)
		diff(t, "prolonged", "", verdict(t, cloud, keys(1)))
	})
}

func TestIssuer_neverExpiresWithoutALifetime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New()
		cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}})
		_, expiration := pod(t, cloud)
		diff(t, "expiration", "2099-12-07T00:00:00.000000Z", expiration)
		time.Sleep(101 * 365 * 24 * time.Hour)
		diff(t, "a century later", "", verdict(t, cloud, keys(1)))
	})
}

func TestIssuer_demandsTheSecurityToken(t *testing.T) {
	cloud := fakecloud.New()
	cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}})
	pod(t, cloud)
	without := keys(1)
	without.SecurityToken = ""
	diff(t, "without it", "security token of temporary ak AK1 not found", verdict(t, cloud, without))
}

func TestIssuer_neverShortensWhatItHasGiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		cloud.AddAgency(agency(fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}}))
		assumeFor := func(seconds int) {
			body := strings.Replace(assumeByName, `"agency_name"`, fmt.Sprintf(`"duration_seconds":%d,"agency_name"`, seconds), 1)
			diff(t, "status", http.StatusCreated, post(t, cloud, fakecloud.SecurityTokensPath, body).Status)
		}
		assumeFor(7200)
		assumeFor(900)
		time.Sleep(time.Hour)
		diff(t, "after the shorter time", "", verdict(t, cloud, keys(1)))
	})
}

func TestAccept_letsKeysInForGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := fakecloud.New(permanent())
		cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}, Lifetime: time.Minute})
		cloud.Accept(keys(1))
		cloud.Accept(keys(2))
		pod(t, cloud) // hands out for a minute what is accepted for ever
		time.Sleep(time.Hour)
		diff(t, "verdicts", []string{"", "", ""},
			[]string{verdict(t, cloud, permanent()), verdict(t, cloud, keys(1)), verdict(t, cloud, keys(2))})
	})
}

func TestRevoke_lastsUntilAccept(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1)}})
	pod(t, cloud)
	cloud.Revoke("AK")
	cloud.Revoke("AK1")
	diff(t, "permanent keys", "ak AK not exist", verdict(t, cloud, permanent()))
	diff(t, "issued keys", "ak AK1 not exist", verdict(t, cloud, keys(1)))

	pod(t, cloud)
	diff(t, "issued again", "ak AK1 not exist", verdict(t, cloud, keys(1)))
	cloud.Accept(keys(1))
	diff(t, "accepted", "", verdict(t, cloud, keys(1)))
}

// The promise is kept if the race detector has nothing to say.
func TestIssuer_mayBeChangedWhileItAnswers(t *testing.T) {
	cloud := open()
	cloud.ServePodIdentity("projected", fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}, Lifetime: time.Hour})
	cloud.ServeMetadata(fakecloud.Metadata{})
	var together sync.WaitGroup
	for range 8 {
		for _, r := range []*http.Request{
			podRequest(t, "projected", "{}"),
			request(t, http.MethodPut, anywhere+fakecloud.MetadataTokenPath),
			signed(t, keys(1), http.MethodGet, fakecloud.ProjectsPath, ""),
		} {
			together.Go(func() {
				response, err := cloud.Transport().RoundTrip(r)
				if err != nil {
					t.Error(err)
					return
				}
				response.Body.Close()
			})
		}
		together.Go(func() {
			cloud.AddAgency(agency(fakecloud.Issuer{}))
			cloud.Revoke("AK2")
			cloud.Accept(keys(2))
			cloud.ServeMetadata(fakecloud.Metadata{})
		})
	}
	together.Wait()
	diff(t, "requests", 24, len(cloud.Requests()))
}
