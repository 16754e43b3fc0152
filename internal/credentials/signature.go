// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"fmt"
	"net/http"
	"reflect" //nolint:depguard // the SDK's signer takes queries as reflect.Value

	sdksigner "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	sdkrequest "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

// sign adds X-Sdk-Date and Authorization by SDK-HMAC-SHA256, over the method,
// the path, the query, the body, and the headers that are set so far.
// Source: "AK/SK Signing and Authentication Guide" of Huawei Cloud.
func (c Credentials) sign(req *http.Request, body []byte) error {
	if c.SecurityToken != "" {
		req.Header.Set(headerSecurityToken, c.SecurityToken)
	}
	b := sdkrequest.NewHttpRequestBuilder().WithMethod(req.Method).
		WithEndpoint(req.URL.Scheme + "://" + req.URL.Host).WithPath(req.URL.Path)
	if len(body) > 0 {
		b.WithBody("", string(body)) // the SDK signs a string as it is
	}
	for name := range req.Header {
		b.AddHeaderParam(name, req.Header.Get(name))
	}
	for name, values := range req.URL.Query() {
		b.AddQueryParam(name, reflect.ValueOf(values)) // the SDK ignores anything but a reflect.Value
	}
	headers, err := sdksigner.Sign(b.Build(), c.AccessKey, c.SecretKey)
	if err != nil {
		return fmt.Errorf("signing a request: %w", err)
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	return nil
}
