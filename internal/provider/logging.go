// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// logged is a transport that logs each request and its response. It logs only
// what contains no secret: no header but the request ID, and no body.
type logged struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (l logged) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	fields := map[string]any{"method": req.Method, "url": req.URL.Redacted()}
	begin := time.Now()
	resp, err := l.RoundTripper.RoundTrip(req)
	fields["duration_ms"] = time.Since(begin).Milliseconds()
	if err != nil {
		fields["error"] = err.Error()
		tflog.Debug(ctx, "Request to Huawei Cloud without a response", fields)
		return nil, err
	}
	fields["status"] = resp.StatusCode
	fields["request_id"] = resp.Header.Get("X-Request-Id")
	tflog.Debug(ctx, "Request to Huawei Cloud", fields)
	return resp, nil
}
