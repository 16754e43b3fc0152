// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// firstRequests is how many requests the first poll makes at most.
const firstRequests = 60

// faults strike the requests of a path. Most are transient, and some have a body
// that claims success.
func (tl *timeline) faults() []fakecloud.Fault {
	var faults []fakecloud.Fault
	for range 1 + tl.IntN(5) {
		faults = append(faults, fakecloud.Fault{Times: 1 + tl.IntN(8), Delay: time.Duration(tl.IntN(2)*tl.IntN(4000)) * time.Millisecond})
		f := tl.fault()
		f.Times = 1 + tl.IntN(4)*tl.IntN(4)
		faults = append(faults, f)
	}
	switch {
	case tl.benign:
		faults[0].Times += firstRequests
	case tl.IntN(4) == 0:
		faults = faults[1:] // from the first request on
	}
	return faults
}

func (tl *timeline) fault() fakecloud.Fault {
	body := tl.In("succeeded").Body
	if !tl.benign && tl.IntN(12) == 0 {
		return []fakecloud.Fault{
			{Status: http.StatusForbidden, Body: body},
			{Status: http.StatusNotFound, Body: "<html>" + body},
			{Status: http.StatusNotFound, Body: `{"error_code":"APIGW.0101","error_msg":"x"}`},
			{Body: "<html>" + body},
			{Body: "[" + body + "]"},
			{Body: `{"error_code":"DWS.6000",` + body[1:]},
			{Status: http.StatusAccepted, Body: body},
		}[tl.IntN(7)]
	}
	return []fakecloud.Fault{
		{Kind: fakecloud.Reset},
		{Kind: fakecloud.Truncate, Body: body},
		{Kind: fakecloud.Hang},
		{Kind: fakecloud.HangInBody, Body: body},
		{Status: http.StatusInternalServerError, Body: body},
		{Status: http.StatusBadGateway, Body: "<html>502</html>"},
		{Status: http.StatusServiceUnavailable},
		{Status: http.StatusGatewayTimeout, Body: `{"error_code":"APIGW.0201","error_msg":"x"}`},
		{Status: http.StatusRequestTimeout},
		{Status: 520, Body: body},
		{Body: body[:len(body)-1]},
		{Header: http.Header{"Age": {"604800"}}, Body: body},
		{Status: http.StatusTooManyRequests, Body: body},
		{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {tl.oneOf("0.02", "7", "56.818", "3600", "soon")}}},
	}[tl.IntN(14)]
}
