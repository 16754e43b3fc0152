// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// A request at each of these seconds; the window begins at 0.
func TestSetQuota_countsInFixedWindows(t *testing.T) {
	for name, test := range map[string]struct {
		quota   fakecloud.Quota
		seconds []int
		want    []int
	}{
		"none":              {fakecloud.Quota{}, []int{0, 0, 0}, []int{404, 404, 404}},
		"per minute":        {fakecloud.Quota{Limit: 2}, []int{0, 30, 59, 60, 60, 60}, []int{404, 404, 429, 404, 404, 429}},
		"per 5 seconds":     {fakecloud.Quota{Limit: 1, Window: 5 * time.Second}, []int{3, 4, 5}, []int{404, 429, 404}},
		"refused count too": {fakecloud.Quota{Limit: 1, CountRefused: true}, []int{0, 1, 2, 60}, []int{404, 429, 429, 404}},
		"an idle window":    {fakecloud.Quota{Limit: 1}, []int{59, 150, 151}, []int{404, 404, 429}},
	} {
		synctest.Test(t, func(t *testing.T) {
			cloud, start := newCloud(), time.Now()
			cloud.SetQuota(test.quota)
			var got []int
			for _, second := range test.seconds {
				time.Sleep(time.Until(start.Add(time.Duration(second) * time.Second)))
				got = append(got, get(t, cloud, fakecloud.JobPath(project, "job")).Status)
			}
			diff(t, name, test.want, got)
		})
	}
}

func TestSetQuota_countsByAPI(t *testing.T) {
	cloud := newCloud()
	cloud.SetQuota(fakecloud.Quota{Limit: 1})
	cloud.Serve(fakecloud.JobPath(project, "job"), fakecloud.Response{Body: "{}"})
	cloud.Fail(fakecloud.JobPath(project, "job"), fakecloud.Fault{Status: 503})
	diff(t, "fault", 503, get(t, cloud, fakecloud.JobPath(project, "job")).Status)
	diff(t, "unauthenticated", 401, send(t, cloud, anonymous(t, http.MethodGet, host+fakecloud.JobPath(project, "job"), "")).Status)
	diff(t, "first", 200, get(t, cloud, fakecloud.JobPath(project, "job")).Status)
	diff(t, "another job", 429, get(t, cloud, fakecloud.JobPath("other", "other")).Status)
	diff(t, "another API", 404, get(t, cloud, fakecloud.CCEJobPath(project, "job")).Status)
	for range 2 {
		diff(t, "IAM", 200, get(t, cloud, fakecloud.ProjectsPath).Status)
	}
	cloud.SetQuota(fakecloud.Quota{})
	diff(t, "removed", 200, get(t, cloud, fakecloud.JobPath(project, "job")).Status)
}

func TestSetQuota_reportsAsConfigured(t *testing.T) {
	const reached = "The throttling threshold has been reached"
	for _, test := range []struct {
		quota               fakecloud.Quota
		message, retryAfter string
	}{
		{fakecloud.Quota{Limit: 1}, reached + ": policy user over ratelimit,limit:1,time:1 minute", ""},
		{fakecloud.Quota{Limit: 1, Window: 5 * time.Second}, reached + ": policy user over ratelimit,limit:1,time:5 second", ""},
		{fakecloud.Quota{Limit: 1, Throttle: fakecloud.ThrottleRetryAfter}, reached, "56.818"},
		{fakecloud.Quota{Limit: 1, Throttle: fakecloud.ThrottleBare}, reached, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			cloud := newCloud()
			cloud.SetQuota(test.quota)
			time.Sleep(time.Minute + 3182*time.Millisecond + 500*time.Microsecond)
			get(t, cloud, fakecloud.JobPath(project, "job"))
			response, header := sendForHeader(t, cloud, request(t, http.MethodGet, host+fakecloud.JobPath(project, "job"), ""))
			diff(t, "response", []any{429, "APIGW.0308", test.message, test.retryAfter}, []any{
				response.Status, at(t, response.Body, "error_code"), at(t, response.Body, "error_msg"), header.Get("Retry-After"),
			})
		})
	}
}
