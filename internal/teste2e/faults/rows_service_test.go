// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// serviceRows are those of a service that is unavailable or overloaded.
func serviceRows() []row {
	unavailable := func(retryAfter string) fakecloud.Fault {
		return fakecloud.Fault{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {retryAfter}}}
	}
	return []row{
		{"Status 500", transient, bodiesOf(http.StatusInternalServerError)},
		{"Status 502", transient, append(bodiesOf(http.StatusBadGateway),
			refused("success", http.StatusBadGateway, "{"+success+"}", "Status: 502 Bad Gateway", at("dcs_job", "dws_cluster_action")...))},
		{"Status 503", transient, append(bodiesOf(http.StatusServiceUnavailable),
			fault{name: "with a Retry-After", reply: unavailable("20"), detail: "Retry-After: 20s"})},
		{"Status 504", transient, append(bodiesOf(http.StatusGatewayTimeout),
			refused("the gateway's own", http.StatusGatewayTimeout, `{"error_msg":"Service DCS timed out (30000 ms)","error_code":"APIGW.0201","request_id":"x"}`, "Code: APIGW.0201"))},

		{"Status 429", throttled, append(bodiesOf(http.StatusTooManyRequests),
			refused("the gateway's own", http.StatusTooManyRequests,
				`{"error_msg":"The throttling threshold has been reached: policy user over ratelimit,limit:100,time:1 minute","error_code":"APIGW.0308","request_id":"x"}`, "Code: APIGW.0308"))},
		{"Status 429 with a `Retry-After`", throttled, []fault{
			retryAfter("whole", time.Minute, http.Header{"Retry-After": {"60"}}),
			retryAfter("a fraction", 56818*time.Millisecond, http.Header{"Retry-After": {"56.818"}}),
			retryAfter("short", 7*time.Second, http.Header{"Retry-After": {"7"}}),
			retryAfter("a date of the server", 20*time.Second, http.Header{"Retry-After": {"Sat, 01 Jan 2000 06:00:20 GMT"}, "Date": {"Sat, 01 Jan 2000 06:00:00 GMT"}}),
			retryAfter("a date in the past", 0, http.Header{"Retry-After": {"Fri, 31 Dec 1999 00:00:00 GMT"}}),
			retryAfter("negative", 0, http.Header{"Retry-After": {"-5"}}),
			retryAfter("not a number", 0, http.Header{"Retry-After": {"soon"}}),
		}},
		{"A `Retry-After` that is longer than the time left", beyondLimit, []fault{
			retryAfter("an hour", 0, http.Header{"Retry-After": {"3600"}}),
			retryAfter("absurd", 0, http.Header{"Retry-After": {"1e12"}}),
			retryAfter("a date far away", 0, http.Header{"Retry-After": {"Sat, 01 Jan 2050 00:00:00 GMT"}}),
			{name: "503", reply: unavailable("86400"), detail: "Retry-After: 24h0m0s"},
		}},
	}
}

func retryAfter(name string, delay time.Duration, header http.Header) fault {
	return fault{name: name, delay: delay, reply: fakecloud.Fault{Status: http.StatusTooManyRequests, Header: header}, detail: "Status: 429 Too Many Requests"}
}
