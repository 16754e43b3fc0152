// SPDX-License-Identifier: MPL-2.0

package client

import (
	"fmt"
	"net/http"
	"reflect" //nolint:depguard // the SDK's signer takes queries as reflect.Value
	"strings"

	sdksigner "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	sdkrequest "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

const (
	headerAuthorization = "Authorization"
	headerSecurityToken = "X-Security-Token"
	redacted            = "(redacted)"
)

// Keys are an access key pair, permanent or, with a security token, temporary.
// They are what signs requests today; tokens and agencies belong beside them.
type Keys struct {
	AccessKey, SecretKey, SecurityToken string
}

func (k Keys) empty() bool { return k.AccessKey == "" || k.SecretKey == "" }

// String keeps keys out of logs and messages.
func (Keys) String() string { return redacted }

// GoString keeps keys out of %#v.
func (Keys) GoString() string { return redacted }

// sign adds X-Sdk-Date and Authorization by SDK-HMAC-SHA256, over the method,
// the path, the query and the headers that are set by now.
// Source: "AK/SK Signing and Authentication Guide" of Huawei Cloud.
func (k Keys) sign(req *http.Request) error {
	if k.SecurityToken != "" {
		req.Header.Set(headerSecurityToken, k.SecurityToken)
	}
	b := sdkrequest.NewHttpRequestBuilder().WithMethod(req.Method).
		WithEndpoint(req.URL.Scheme + "://" + req.URL.Host).WithPath(req.URL.Path)
	for name := range req.Header {
		b.AddHeaderParam(name, req.Header.Get(name))
	}
	for name, values := range req.URL.Query() {
		b.AddQueryParam(name, reflect.ValueOf(values)) // the SDK passes over whatever is no reflect.Value
	}
	headers, err := sdksigner.Sign(b.Build(), k.AccessKey, k.SecretKey)
	if err != nil {
		return fmt.Errorf("signing a request: %w", err)
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	return nil
}

// redactor replaces the secrets of a signed request, which an answer may echo.
func (k Keys) redactor(req *http.Request) *strings.Replacer {
	authorization := req.Header.Get(headerAuthorization)
	_, signature, _ := strings.Cut(authorization, "Signature=")
	var pairs []string
	for _, secret := range []string{authorization, signature, k.SecurityToken, k.SecretKey, k.AccessKey} {
		if secret != "" {
			pairs = append(pairs, secret, redacted)
		}
	}
	return strings.NewReplacer(pairs...)
}
