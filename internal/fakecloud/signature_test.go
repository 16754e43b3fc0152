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

// vector is a request with its published signature. All vectors have the same
// date and keys.
type vector struct {
	method, target, body string
	header               map[string]string
	key, signed, value   string
	late                 time.Duration // from the signature to the request
}

func getVector() vector { return vectors()["GET"] }

// vectors are those of the official SDK and of the official provider's own
// client.
func vectors() map[string]vector {
	const get, post = "/path?limit=1", "/path?key=value"
	return map[string]vector{
		"GET": {
			method: http.MethodGet, target: get, key: "AccessKey", signed: "x-sdk-date",
			value: "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
		},
		"POST": {
			method: http.MethodPost, target: post, body: `{"Name":"test","Id":1}` + "\n", key: "AccessKey", signed: "x-sdk-date",
			value: "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
		},
		"GET with a header": {
			method: http.MethodGet, target: get, key: "AccessKey", signed: "test_underscore;x-sdk-date",
			header: map[string]string{"TEST_UNDERSCORE": "TEST_VALUE"},
			value:  "daeadcf4a306599f7422401cc55d3718a23ef159fed370c62c551a2c45ae9655",
		},
		"POST with headers": {
			method: http.MethodPost, target: post, body: `{"Name":"test","Id":1}`, key: "AccessKey",
			signed: "content-type;test_underscore;x-sdk-date",
			header: map[string]string{"TEST_UNDERSCORE": "TEST_VALUE", "Content-Type": "application/json"},
			value:  "0238c3bedddfe8bf113c7530f783322380dedf720d514861623cfe5f73aa8f64",
		},
	}
}

// send sends the vector, at its own time, to a cloud that accepts its keys.
func (v vector) send(t *testing.T, securityToken string) (response result) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		date := time.Date(2006, time.January, 2, 15, 4, 5, 0, time.UTC)
		time.Sleep(time.Until(date.Add(v.late)))
		cloud := fakecloud.New(fakecloud.Keys{AccessKey: "AccessKey", SecretKey: "SecretKey", SecurityToken: securityToken})
		for _, path := range []string{"/path", "/other"} {
			cloud.Serve(path, fakecloud.Response{Body: "accepted"})
			cloud.Serve("POST "+path, fakecloud.Response{Body: "accepted"})
		}
		r := anonymous(t, v.method, host+v.target, v.body,
			"X-Sdk-Date", date.Format("20060102T150405Z"),
			"Authorization", "SDK-HMAC-SHA256 Access="+v.key+", SignedHeaders="+v.signed+", Signature="+v.value)
		for name, value := range v.header {
			r.Header.Set(name, value)
		}
		response = send(t, cloud, r)
	})
	return response
}

// unauthorized is the gateway's response to bad credentials.
func unauthorized(reason string) result {
	return result{http.StatusUnauthorized, `{"error_msg":"Incorrect IAM authentication information: ` + reason +
		`","error_code":"APIGW.0301","request_id":"00000000000000000000000000000001"}`}
}

func TestSignature_acceptsThePublishedVectors(t *testing.T) {
	for name, vector := range vectors() {
		diff(t, name, ok("accepted"), vector.send(t, ""))
	}
}

func TestSignature_rejectsChangedRequests(t *testing.T) {
	for name, change := range map[string]func(*vector){
		"method":         func(v *vector) { v.method = http.MethodGet },
		"path":           func(v *vector) { v.target = "/other?key=value" },
		"query":          func(v *vector) { v.target = "/path?key=other" },
		"longer query":   func(v *vector) { v.target = "/path?key=value&key=value" },
		"header":         func(v *vector) { v.header["TEST_UNDERSCORE"] = "other" },
		"missing header": func(v *vector) { delete(v.header, "TEST_UNDERSCORE") },
		"body":           func(v *vector) { v.body += " " },
		"signature":      func(v *vector) { v.value = strings.ToUpper(v.value) },
		"signed headers": func(v *vector) { v.signed = "x-sdk-date" },
		"declared hash":  func(v *vector) { v.header["X-Sdk-Content-Sha256"] = "00" },
	} {
		vector := vectors()["POST with headers"]
		vector.header = maps.Clone(vector.header)
		change(&vector)
		response := vector.send(t, "")
		if response.Status != http.StatusUnauthorized || !strings.Contains(response.Body, "verify aksk signature fail, ") {
			t.Errorf("%s: response is %+v, want the signature rejected", name, response)
		}
	}
}

func TestSignature_isRejectedWithTheMessageOfTheGateway(t *testing.T) {
	const expired = "calc aksk signature fail:signature expired, signature time:20060102T150405Z,server time:"
	for name, test := range map[string]struct {
		change func(*vector)
		want   result
	}{
		"15 minutes late":  {func(v *vector) { v.late = 15 * time.Minute }, ok("accepted")},
		"15 minutes early": {func(v *vector) { v.late = -15 * time.Minute }, ok("accepted")},
		"too late":         {func(v *vector) { v.late = 15*time.Minute + time.Second }, unauthorized(expired + "20060102T151906Z")},
		"too early":        {func(v *vector) { v.late = -time.Hour }, unauthorized(expired + "20060102T140405Z")},
		"unknown key":      {func(v *vector) { v.key = "Unknown" }, unauthorized("ak Unknown not exist")},
		"bad signature": {func(v *vector) { v.value = "00" }, unauthorized("verify aksk signature fail, canonicalRequest:GET|/path/|limit=1|" +
			"x-sdk-date:20060102T150405Z||x-sdk-date|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")},
		"unsigned date": {func(v *vector) { v.signed = "host" }, unauthorized("verify aksk signature fail, x-sdk-date is not signed")},
		"no signature":  {func(v *vector) { v.value = "" }, unauthorized("authorization is incomplete")},
	} {
		vector := getVector()
		test.change(&vector)
		diff(t, name, test.want, vector.send(t, ""))
	}
}

func TestSignature_needsTheTokenOfTemporaryKeys(t *testing.T) {
	for _, test := range []struct {
		keys, sent string
		want       result
	}{
		{"temporary", "temporary", ok("accepted")},
		{"temporary", "", unauthorized("security token of temporary ak AccessKey not found")},
		{"temporary", "other", unauthorized("security token does not belong to ak AccessKey")},
		{"", "other", unauthorized("security token does not belong to ak AccessKey")},
	} {
		vector := getVector()
		if test.sent != "" {
			vector.header = map[string]string{"X-Security-Token": test.sent} // unsigned
		}
		diff(t, test.keys+" keys with "+test.sent, test.want, vector.send(t, test.keys))
	}
}

// The gateway returns what it has signed, which includes the canonical query.
func TestSignature_sortsAndEscapesTheQuery(t *testing.T) {
	vector := getVector()
	vector.target = "/path?" + url.Values{
		"limit": {"1"}, "enable": {"true"}, "test": {"一 (&=?!#%.*)"}, "path": {"/tmp/123"}, "multi": {"3", "1", "2"},
	}.Encode()
	text := at(t, vector.send(t, "").Body, "error_msg").(string)
	diff(t, "query",
		"enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29",
		strings.Split(text, "|")[2])
}

// The SDK's signer signs what its service clients never send.
func TestSignature_agreesWithTheSDK(t *testing.T) {
	const body = "a=b"
	sum := sha256.Sum256([]byte(body))
	for name, test := range map[string]struct {
		path, sent, body string
		headers          []string
	}{
		"escaped path":     {"/v2/一 (1)/jobs", "/v2/%E4%B8%80%20(1)/jobs", "", nil},
		"signed host":      {"/jobs", "/jobs", "", []string{"Host", "dcs.cn-north-4.myhuaweicloud.com"}},
		"spaces in header": {"/jobs", "/jobs", "", []string{"X-Odd", "  a  b "}},
		"declared hash":    {"/jobs", "/jobs", body, []string{"X-Sdk-Content-Sha256", hex.EncodeToString(sum[:])}},
		"unsigned body":    {"/jobs", "/jobs", body, []string{"X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"}},
	} {
		builder := sdk.NewHttpRequestBuilder().WithMethod(http.MethodPost).WithEndpoint(host).WithPath(test.path)
		if test.headers != nil {
			builder.AddHeaderParam(test.headers[0], test.headers[1])
		}
		added, err := signer.Sign(builder.Build(), "AK", "SK")
		if err != nil {
			t.Fatal(err)
		}
		r := anonymous(t, http.MethodPost, host+test.sent, test.body, test.headers...)
		for name, value := range added {
			r.Header.Set(name, value)
		}
		cloud := fakecloud.New(permanent())
		cloud.Serve("POST "+test.sent, fakecloud.Response{Body: "accepted"})
		diff(t, name, ok("accepted"), send(t, cloud, r))
	}
}
