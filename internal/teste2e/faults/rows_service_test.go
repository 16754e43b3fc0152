// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"fmt"
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const (
	thresholdReached = `{"error_msg":"The throttling threshold has been reached: policy user over ratelimit,limit:100,time:1 minute","error_code":"APIGW.0308","request_id":"x"}`
	gatewayTimedOut  = `{"error_msg":"Service DCS timed out (30000 ms)","error_code":"APIGW.0201","request_id":"x"}`
)

// serviceRows are those of a service that is unavailable or overloaded.
func serviceRows() []row {
	return []row{
		{"Status 500 to 599, except 501 and 505", transient, unavailable()},
		{"Status 408 or 425", transient, []fault{
			refused("408", http.StatusRequestTimeout, "", "Status: 408 Request Timeout"),
			refused("425", http.StatusTooEarly, "", "Status: 425 Too Early"),
		}},
		{"Status 429", throttled, append(bodiesOf(http.StatusTooManyRequests),
			refused("the gateway's own", http.StatusTooManyRequests, thresholdReached, "Code: APIGW.0308"))},
		{"Status 429 with a `Retry-After`", throttled, []fault{
			retryAfter("whole", time.Minute, http.Header{"Retry-After": {"60"}}),
			retryAfter("a fraction", 56818*time.Millisecond, http.Header{"Retry-After": {"56.818"}}),
			retryAfter("short", 7*time.Second, http.Header{"Retry-After": {"7"}}),
			retryAfter("next to nothing", time.Second, http.Header{"Retry-After": {"0.001"}}),
			retryAfter("an hour", time.Minute, http.Header{"Retry-After": {"3600"}}),
			retryAfter("absurd", time.Minute, http.Header{"Retry-After": {"1e12"}}),
			retryAfter("a date of the server", 20*time.Second, http.Header{"Retry-After": {"Sat, 01 Jan 2000 06:00:20 GMT"}, "Date": {"Sat, 01 Jan 2000 06:00:00 GMT"}}),
			retryAfter("a date far away", time.Minute, http.Header{"Retry-After": {"Sat, 01 Jan 2050 00:00:00 GMT"}}),
			retryAfter("a date in the past", 0, http.Header{"Retry-After": {"Fri, 31 Dec 1999 00:00:00 GMT"}}),
			retryAfter("negative", 0, http.Header{"Retry-After": {"-5"}}),
			retryAfter("not a number", 0, http.Header{"Retry-After": {"soon"}}),
		}},
		{"Another status with a code of throttling", throttled, []fault{
			refused("403", http.StatusForbidden, thresholdReached, "Code: APIGW.0308"),
			refused("503", http.StatusServiceUnavailable, `{"errorCode":"CCE.02429001","errorMessage":"Too many requests."}`, "Code: CCE.02429001", at("cce_job")...),
		}},
		{"Status 429 about the account's balance", permanent, []fault{
			refused("CCE", http.StatusTooManyRequests, `{"errorCode":"CCE.01429004","errorMessage":"Insufficient balance."}`, "Code: CCE.01429004", at("cce_job")...),
		}},
	}
}

// unavailable is every status of an unavailable service, one of them in every form.
func unavailable() []fault {
	faults := append(bodiesOf(http.StatusServiceUnavailable),
		refused("success", http.StatusBadGateway, "{"+success+"}", "Status: 502 Bad Gateway"),
		refused("the gateway's own", http.StatusGatewayTimeout, gatewayTimedOut, "Code: APIGW.0201"),
		fault{
			name: "with a Retry-After", detail: "Retry-After: 20s",
			reply: fakecloud.Fault{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"20"}}},
		},
		fault{
			name: "with a Retry-After of an hour", detail: "Retry-After: 1m",
			reply: fakecloud.Fault{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"3600"}}},
		})
	for _, status := range []int{500, 507, 520, 530, 599} {
		f := refused(fmt.Sprint(status), status, "", fmt.Sprintf("Status: %d", status))
		f.variant = true
		faults = append(faults, f)
	}
	return faults
}

func retryAfter(name string, delay time.Duration, header http.Header) fault {
	return fault{name: name, delay: delay, reply: fakecloud.Fault{Status: http.StatusTooManyRequests, Header: header}, detail: "Status: 429 Too Many Requests"}
}
