// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// serviceMishaps are those of a service that is away, or has had enough.
func serviceMishaps() []mishap {
	page := "<html>\n<head><title>502 Bad Gateway</title></head>\n</html>"
	again := http.Header{"Retry-After": {"20"}}
	later := fault{name: "with a Retry-After", reply: fakecloud.Fault{Status: http.StatusServiceUnavailable, Header: again}, tells: "Retry-After: 20s"}
	never := fault{name: "503", reply: fakecloud.Fault{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"86400"}}}, tells: "Retry-After: 24h0m0s"}
	return []mishap{
		{"Status 500", passes, of(http.StatusInternalServerError)},
		{"Status 502", passes, append(of(http.StatusBadGateway),
			fault{name: "a page", reply: fakecloud.Fault{Status: http.StatusBadGateway, Body: page}, tells: "Body: <html> <head><title>502 Bad Gateway</title></head> </html>"},
			fault{name: "success", reply: fakecloud.Fault{Status: http.StatusBadGateway, Body: tempting}, at: []place{jobs(), actions()}, tells: "Status: 502 Bad Gateway\nBody: {"})},
		{"Status 503", passes, append(of(http.StatusServiceUnavailable), later,
			fault{name: "empty", reply: fakecloud.Fault{Status: http.StatusServiceUnavailable}, tells: "Status: 503 Service Unavailable\nRequest ID: "})},
		{"Status 504", passes, append(of(http.StatusGatewayTimeout),
			refusal("the gateway's own", http.StatusGatewayTimeout, `{"error_msg":"Service DCS timed out (30000 ms)","error_code":"APIGW.0201","request_id":"x"}`, "Code: APIGW.0201\nMessage: Service DCS timed out (30000 ms)"))},

		{"Status 429", throttles, append(of(http.StatusTooManyRequests),
			refusal("the gateway", 429, `{"error_msg":"The throttling threshold has been reached: policy user over ratelimit,limit:100,time:1 minute","error_code":"APIGW.0308","request_id":"x"}`, "Code: APIGW.0308\nMessage: The throttling threshold has been reached"),
			refusal("the gateway, newer", 429, `{"error_msg":"Throttled","error_code":"APIG.0308","request_id":"x"}`, "Code: APIG.0308\nMessage: Throttled"),
			refusal("nothing", 429, "", "Status: 429 Too Many Requests"))},
		{"Status 429 with a `Retry-After`", throttles, []fault{
			throttled("whole", time.Minute, http.Header{"Retry-After": {"60"}}),
			throttled("a fraction", 56818*time.Millisecond, http.Header{"Retry-After": {"56.818"}}),
			throttled("short", 7*time.Second, http.Header{"Retry-After": {"7"}}),
			throttled("a date of the server", 20*time.Second, http.Header{"Retry-After": {"Sat, 01 Jan 2000 06:00:20 GMT"}, "Date": {"Sat, 01 Jan 2000 06:00:00 GMT"}}),
			throttled("a date that has passed", 0, http.Header{"Retry-After": {"Fri, 31 Dec 1999 00:00:00 GMT"}}),
			throttled("negative", 0, http.Header{"Retry-After": {"-5"}}),
			throttled("no number", 0, http.Header{"Retry-After": {"NaN"}}),
			throttled("garbage", 0, http.Header{"Retry-After": {"soon"}}),
		}},
		{"A `Retry-After` that is longer than the time left", outlasts, []fault{
			throttled("an hour", 0, http.Header{"Retry-After": {"3600"}}),
			throttled("absurd", 0, http.Header{"Retry-After": {"1e12"}}),
			throttled("a date far away", 0, http.Header{"Retry-After": {"Sat, 01 Jan 2050 00:00:00 GMT"}}),
			never,
		}},
	}
}

func throttled(name string, pause time.Duration, header http.Header) fault {
	return fault{name: name, pause: pause, reply: fakecloud.Fault{Status: http.StatusTooManyRequests, Header: header}, tells: "Status: 429 Too Many Requests"}
}
