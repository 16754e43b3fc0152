// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestDCSJob_tellsEveryField(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		body string
		want attributes
	}{
		{
			"the documented example", fakecloud.ExampleDCSJob,
			result(jobID, "succeeded", "DCS job "+jobID+" (masterStandbySwapJob): succeeded after 2.9s").With(attributes{
				"job_type":    is("masterStandbySwapJob"),
				"status":      is("SUCCESS"),
				"begin_time":  is("1684191545379"),
				"end_time":    is("1684191548248"),
				"fail_reason": null,
			}),
		},
		{
			"numbers for strings, an empty string and unknown members",
			`{"job_id":7,"job_type":"","status":"running","begin_time":1684191545379,"end_time":0.50,"fail_reason":"","error_code":null,"sub_jobs":[{"status":"FAIL"}],"region":{}}`,
			result(jobID, "running", "DCS job "+jobID+": running").With(attributes{
				"job_type":    is(""),
				"status":      is("running"),
				"begin_time":  is("1684191545379"),
				"end_time":    is("0.50"),
				"fail_reason": is(""),
			}),
		},
		{
			"a failure with its reason", `{"job_type":"backupDCSInstance","status":"FAIL","begin_time":"1684191545379","end_time":"1684191605379","fail_reason":"内存不足 no memory left"}`,
			result(jobID, "failed", "DCS job "+jobID+" (backupDCSInstance): failed after 1m0s: 内存不足 no memory left").With(attributes{
				"reason":      is("内存不足 no memory left"),
				"job_type":    is("backupDCSInstance"),
				"status":      is("FAIL"),
				"begin_time":  is("1684191545379"),
				"end_time":    is("1684191605379"),
				"fail_reason": is("内存不足 no memory left"),
			}),
		},
		{
			"nothing but nulls", `{"job_id":null,"job_type":null,"status":null,"begin_time":null,"end_time":null,"fail_reason":null}`,
			result(jobID, "unknown", "DCS job "+jobID+": unknown: an absent or empty status").With(noJob),
		},
		{
			"nothing at all", `{}`,
			result(jobID, "unknown", "DCS job "+jobID+": unknown: an absent or empty status").With(noJob),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			cloud.Serve(fakecloud.JobPath(projectID, jobID), fakecloud.Response{Body: tc.body})
			check(t, settings, "dcs_job", args{"job_id": jobID}, readAt().With(attributes{"job_id": is(jobID)}, tc.want))
		})
	}
}

// noJob are the fields of a job that the API tells nothing of.
var noJob = absent("job_type", "status", "begin_time", "end_time", "fail_reason")

func TestDCSJob_isMissingAsTheUserSays(t *testing.T) {
	t.Parallel()
	t.Run("by default an error", func(t *testing.T) {
		t.Parallel()
		_, settings := serve(t)
		refuse(t, settings, "dcs_job", args{"job_id": jobID},
			"Error: DCS job not found",
			"There is no DCS job "+jobID+": it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
			`If it is still to appear, set on_missing = "pending". If it disappears once it is done, set on_missing = "succeeded".`,
			"every plan fails, and terraform destroy too, unless it is run with -refresh=false.",
			"count = var.gate ? 1 : 0",
			"Status: 404 Not Found", "Code: 111404070", "Message: The job does not exist.", "Request ID: ",
			"Request: GET", "/v2/"+projectID+"/jobs/"+jobID)
	})
	for onMissing, want := range map[string]attributes{
		"pending":   result(jobID, "missing", "DCS job "+jobID+": missing"),
		"succeeded": result(jobID, "missing", "DCS job "+jobID+": missing, which counts as succeeded").With(excused),
	} {
		t.Run(onMissing, func(t *testing.T) {
			t.Parallel()
			_, settings := serve(t)
			check(t, settings, "dcs_job", args{"job_id": jobID, "on_missing": onMissing},
				readAt().With(noJob, want, attributes{"job_id": is(jobID), "on_missing": is(onMissing)}))
		})
	}
}
