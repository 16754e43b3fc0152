// SPDX-License-Identifier: MPL-2.0

package client

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// temporary keys have every kind of secret. Like real ones they hold the
// characters of base64.
var temporary = Credentials{AccessKey: "FAKETEMPORARYKEY", SecretKey: "fake/temporary+secret==", SecurityToken: "fake/security+token=="}

// noSecretIn fails if any text of an error holds a secret of a request.
func noSecretIn(t *testing.T, err error, header http.Header) {
	t.Helper()
	authorization := header.Get("Authorization")
	_, signature, _ := strings.Cut(authorization, "Signature=")
	if signature == "" {
		t.Fatal("the request was not signed")
	}
	e := fault(t, err)
	shown := fmt.Sprintf("%v\n%+v\n%v", err, e, e.Err)
	for name, secret := range map[string]string{
		"authorization": authorization, "signature": signature, "access key": temporary.AccessKey,
		"secret key": temporary.SecretKey, "security token": temporary.SecurityToken,
	} {
		if strings.Contains(shown, secret) {
			t.Errorf("the %s is in the error:\n%s", name, shown)
		}
	}
}

// TestRedaction_ofTheGatewaysOwnAnswer: a gateway that refuses a signature sends
// back all that was signed.
func TestRedaction_ofTheGatewaysOwnAnswer(t *testing.T) {
	known := temporary
	known.SecretKey = "another-secret"
	cloud := fakecloud.New(cloudKeys(known))
	var sent http.Header
	network := transport(func(r *http.Request) (*http.Response, error) {
		sent = r.Header
		return cloud.Transport().RoundTrip(r)
	})
	_, err := project(t, newClient(network, func(c *Config) { c.Credentials = Static(temporary) })).DCSJob(t.Context(), jobID)
	noSecretIn(t, err, sent)

	date := sent.Get("X-Sdk-Date")
	diff(t, "message", "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:GET|/v2/"+projectID+"/jobs/"+jobID+"/||"+
		"x-project-id:"+projectID+"|x-sdk-date:"+date+"|x-security-token:(redacted)||x-project-id;x-sdk-date;x-security-token|"+hexHash(""),
		fault(t, err).Message)
}

func TestRedaction_ofAnUnknownKey(t *testing.T) {
	var sent http.Header
	network := transport(func(r *http.Request) (*http.Response, error) {
		sent = r.Header
		return newCloud().Transport().RoundTrip(r)
	})
	_, err := project(t, newClient(network, func(c *Config) { c.Credentials = Static(temporary) })).DCSJob(t.Context(), jobID)
	noSecretIn(t, err, sent)
	diff(t, "message", "Incorrect IAM authentication information: ak (redacted) not exist", fault(t, err).Message)
}

// TestRedaction_ofWhateverAnAnswerEchoes sends all headers and the secret key
// back, in every place from which an error takes its texts.
func TestRedaction_ofWhateverAnAnswerEchoes(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		body   func(echo string) string
	}{
		{"code", 401, func(echo string) string { return `{"error_code":` + quoted(echo) + `}` }},
		{"message", 401, func(echo string) string { return `{"error_msg":` + quoted(echo) + `}` }},
		{"more of the message", 401, func(echo string) string { return `{"error_msg":"x","error_ext_msg":` + quoted(echo) + `}` }},
		{"message of another type", 401, func(echo string) string { return `{"error_msg":{"a":` + quoted(echo) + `}}` }},
		{"request id", 401, func(echo string) string { return `{"error_code":"x","request_id":` + quoted(echo) + `}` }},
		{"base64", 401, func(echo string) string {
			return base64.StdEncoding.EncodeToString([]byte(`{"errCode":"x","externalMessage":` + quoted(echo) + `}`))
		}},
		{"text", 502, func(echo string) string { return echo }},
		{"broken JSON", 502, func(echo string) string { return `{"error_msg":` + quoted(echo) }},
		{"success that is no JSON", 200, func(echo string) string { return "<html>" + echo }},
		{"success that is broken JSON", 200, func(echo string) string { return `{"status":` + quoted(echo) }},
		{"success with a code", 200, func(echo string) string { return `{"error_code":"x","error_msg":` + quoted(echo) + `}` }},
	} {
		t.Run(test.name, func(t *testing.T) {
			var sent http.Header
			network := transport(func(r *http.Request) (*http.Response, error) {
				sent = r.Header
				echo := temporary.SecretKey + " " + temporary.AccessKey
				for name, values := range r.Header {
					echo += " " + name + ": " + strings.Join(values, ", ")
				}
				return &http.Response{StatusCode: test.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(test.body(echo))), Request: r}, nil
			})
			_, err := project(t, newClient(network, func(c *Config) { c.Credentials = Static(temporary) })).DCSJob(t.Context(), jobID)
			if err == nil {
				t.Fatal("the answer was taken for a success")
			}
			noSecretIn(t, err, sent)
		})
	}
}

// TestRedaction_comesBeforeClipping: a secret that is cut in two is still one.
func TestRedaction_comesBeforeClipping(t *testing.T) {
	var sent http.Header
	network := transport(func(r *http.Request) (*http.Response, error) {
		sent = r.Header
		body := strings.Repeat("x", 490) + temporary.SecurityToken
		return &http.Response{StatusCode: http.StatusBadGateway, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})
	_, err := project(t, newClient(network, func(c *Config) { c.Credentials = Static(temporary) })).DCSJob(t.Context(), jobID)
	noSecretIn(t, err, sent)
	diff(t, "body", strings.Repeat("x", 490)+"(redacted)", fault(t, err).Body)
}

func TestRedaction_ofAFaultOfTheNetwork(t *testing.T) {
	var sent http.Header
	network := transport(func(r *http.Request) (*http.Response, error) {
		sent = r.Header
		return nil, errors.New("connection refused")
	})
	_, err := project(t, newClient(network, func(c *Config) { c.Credentials = Static(temporary) })).DCSJob(t.Context(), jobID)
	noSecretIn(t, err, sent)
}
