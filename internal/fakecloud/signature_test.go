// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	sdk "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// vector is a request with its published signature. All vectors are of one
// moment and one key pair.
type vector struct {
	method, target, body string
	header               map[string]string
	key, signed, value   string
	late                 time.Duration // from the signature to the request
}

// The vectors of the official SDK and of the official provider's own client.
func getVector() vector {
	return vector{
		method: http.MethodGet, target: "/path?limit=1", key: "AccessKey", signed: "x-sdk-date",
		value: "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
	}
}

func postVector() vector {
	return vector{
		method: http.MethodPost, target: "/path?key=value", body: `{"Name":"test","Id":1}` + "\n",
		key: "AccessKey", signed: "x-sdk-date",
		value: "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
	}
}

func getVectorWithHeader() vector {
	return vector{
		method: http.MethodGet, target: "/path?limit=1", key: "AccessKey", signed: "test_underscore;x-sdk-date",
		header: map[string]string{"TEST_UNDERSCORE": "TEST_VALUE"},
		value:  "daeadcf4a306599f7422401cc55d3718a23ef159fed370c62c551a2c45ae9655",
	}
}

func postVectorWithHeaders() vector {
	return vector{
		method: http.MethodPost, target: "/path?key=value", body: `{"Name":"test","Id":1}`, key: "AccessKey",
		signed: "content-type;test_underscore;x-sdk-date",
		header: map[string]string{"TEST_UNDERSCORE": "TEST_VALUE", "Content-Type": "application/json"},
		value:  "0238c3bedddfe8bf113c7530f783322380dedf720d514861623cfe5f73aa8f64",
	}
}

// send lets the vector meet a cloud that knows its keys, at its own time.
func (v vector) send(t *testing.T, token string) (answer answered) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		signed := time.Date(2006, time.January, 2, 15, 4, 5, 0, time.UTC)
		time.Sleep(time.Until(signed.Add(v.late)))

		cloud := fakecloud.New(fakecloud.Keys{AccessKey: "AccessKey", SecretKey: "SecretKey", SecurityToken: token})
		for _, path := range []string{"/path", "/other"} {
			cloud.Serve(path, fakecloud.Response{Body: "welcome"})
			cloud.Serve("POST "+path, fakecloud.Response{Body: "welcome"})
		}
		r, err := http.NewRequest(v.method, anywhere+v.target, strings.NewReader(v.body))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range v.header {
			r.Header.Set(name, value)
		}
		r.Header.Set("X-Sdk-Date", signed.Format("20060102T150405Z"))
		r.Header.Set("Authorization", "SDK-HMAC-SHA256 Access="+v.key+", SignedHeaders="+v.signed+", Signature="+v.value)
		answer = send(t, cloud, r)
	})
	return answer
}

// refused is the gateway's answer to bad credentials.
func refused(reason string) answered {
	return answered{http.StatusUnauthorized, `{"error_msg":"Incorrect IAM authentication information: ` + reason +
		`","error_code":"APIGW.0301","request_id":"00000000000000000000000000000001"}`}
}

func TestSignature_acceptsThePublishedVectors(t *testing.T) {
	for name, vector := range map[string]vector{
		"GET": getVector(), "POST": postVector(),
		"GET with a header": getVectorWithHeader(), "POST with headers": postVectorWithHeaders(),
	} {
		t.Run(name, func(t *testing.T) {
			diff(t, "answer", answered{http.StatusOK, "welcome"}, vector.send(t, ""))
		})
	}
}

func TestSignature_refusesWhatWasTamperedWith(t *testing.T) {
	for name, tamper := range map[string]func(*vector){
		"method":    func(v *vector) { v.method = http.MethodGet },
		"path":      func(v *vector) { v.target = "/other?key=value" },
		"query":     func(v *vector) { v.target = "/path?key=other" },
		"addition":  func(v *vector) { v.target = "/path?key=value&key=value" },
		"header":    func(v *vector) { v.header["TEST_UNDERSCORE"] = "other" },
		"lost":      func(v *vector) { delete(v.header, "TEST_UNDERSCORE") },
		"body":      func(v *vector) { v.body += " " },
		"signature": func(v *vector) { v.value = strings.ToUpper(v.value) },
		"fewer":     func(v *vector) { v.signed = "x-sdk-date" },
		"declared":  func(v *vector) { v.header["X-Sdk-Content-Sha256"] = "00" },
	} {
		t.Run(name, func(t *testing.T) {
			vector := postVectorWithHeaders()
			vector.header = maps.Clone(vector.header)
			tamper(&vector)
			answer := vector.send(t, "")
			if answer.Status != http.StatusUnauthorized || !strings.Contains(answer.Body, "verify aksk signature fail, ") {
				t.Errorf("answer is %+v, want a refusal of the signature", answer)
			}
		})
	}
}

func TestSignature_refusesInTheGatewaysWords(t *testing.T) {
	for name, test := range map[string]struct {
		spoil  func(*vector)
		reason string
	}{
		"another key": {func(v *vector) { v.key = "Nobody" }, "ak Nobody not exist"},
		"too late": {
			func(v *vector) { v.late = 15*time.Minute + time.Second },
			"calc aksk signature fail:signature expired, signature time:20060102T150405Z,server time:20060102T151906Z",
		},
		"too early": {
			func(v *vector) { v.late = -time.Hour },
			"calc aksk signature fail:signature expired, signature time:20060102T150405Z,server time:20060102T140405Z",
		},
		"bad signature": {func(v *vector) { v.value = "00" }, "verify aksk signature fail, canonicalRequest:GET|/path/|limit=1|" +
			"x-sdk-date:20060102T150405Z||x-sdk-date|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		"date not signed": {func(v *vector) { v.signed = "host" }, "verify aksk signature fail, x-sdk-date is not signed"},
		"no signature":    {func(v *vector) { v.value = "" }, "authorization is incomplete"},
	} {
		t.Run(name, func(t *testing.T) {
			vector := getVector()
			test.spoil(&vector)
			diff(t, "answer", refused(test.reason), vector.send(t, ""))
		})
	}
}

func TestSignature_livesForFifteenMinutes(t *testing.T) {
	for _, late := range []time.Duration{-15 * time.Minute, 15 * time.Minute} {
		vector := getVector()
		vector.late = late
		diff(t, late.String(), http.StatusOK, vector.send(t, "").Status)
	}
}

func TestSignature_needsTheTokenOfTemporaryKeys(t *testing.T) {
	with := func(token string) vector {
		vector := getVector()
		vector.header = map[string]string{"X-Security-Token": token}
		return vector
	}
	diff(t, "the token, unsigned", answered{http.StatusOK, "welcome"}, with("temporary").send(t, "temporary"))
	diff(t, "none", refused("security token of temporary ak AccessKey not found"), getVector().send(t, "temporary"))
	diff(t, "another", refused("security token does not belong to ak AccessKey"), with("other").send(t, "temporary"))
	diff(t, "for a permanent key", refused("security token does not belong to ak AccessKey"), with("other").send(t, ""))
}

// The gateway returns what it has signed, which shows the canonical query.
func TestSignature_sortsAndEscapesTheQuery(t *testing.T) {
	vector := getVector()
	vector.target = "/path?" + url.Values{
		"limit": {"1"}, "enable": {"true"}, "test": {"一 (&=?!#%.*)"}, "path": {"/tmp/123"}, "multi": {"3", "1", "2"},
	}.Encode()
	text := decoded(t, vector.send(t, "").Body)["error_msg"].(string)
	diff(t, "query",
		"enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29",
		strings.Split(text, "|")[2])
}

// The SDK's signer is given what its service clients never send.
func TestSignature_agreesWithTheSDKsSigner(t *testing.T) {
	const body = "a=b"
	sum := sha256.Sum256([]byte(body))
	for name, test := range map[string]struct {
		path, sent, body string
		header           map[string]string
	}{
		"odd path":         {"/v2/一 (1)/jobs", "/v2/%E4%B8%80%20(1)/jobs", "", nil},
		"signed host":      {"/jobs", "/jobs", "", map[string]string{"Host": "dcs.cn-north-4.myhuaweicloud.com"}},
		"blanks in header": {"/jobs", "/jobs", "", map[string]string{"X-Odd": "  a  b "}},
		"declared hash":    {"/jobs", "/jobs", body, map[string]string{"X-Sdk-Content-Sha256": hex.EncodeToString(sum[:])}},
		"unsigned body":    {"/jobs", "/jobs", body, map[string]string{"X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD"}},
	} {
		t.Run(name, func(t *testing.T) {
			builder := sdk.NewHttpRequestBuilder().WithMethod(http.MethodPost).WithEndpoint(anywhere).WithPath(test.path)
			r, err := http.NewRequest(http.MethodPost, anywhere+test.sent, strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			for name, value := range test.header {
				builder.AddHeaderParam(name, value)
				r.Header.Set(name, value)
			}
			added, err := signer.Sign(builder.Build(), "AK", "SK")
			if err != nil {
				t.Fatal(err)
			}
			for name, value := range added {
				r.Header.Set(name, value)
			}
			cloud := fakecloud.New(fakecloud.Keys{AccessKey: "AK", SecretKey: "SK"})
			cloud.Serve("POST "+test.sent, fakecloud.Response{Body: "welcome"})
			diff(t, "answer", answered{http.StatusOK, "welcome"}, send(t, cloud, r))
		})
	}
}
