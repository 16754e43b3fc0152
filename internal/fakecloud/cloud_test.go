// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestCloud_checksThePathAndThenTheCredentials(t *testing.T) {
	path := host + fakecloud.JobPath(project, "job")
	const notFound = `{"error_msg":"The API does not exist or has not been published in the environment.",` +
		`"error_code":"APIGW.0101","request_id":"00000000000000000000000000000001"}`
	for name, test := range map[string]struct {
		request *http.Request
		want    result
	}{
		"unknown path":   {anonymous(t, http.MethodGet, host+"/v2/nowhere", ""), result{http.StatusNotFound, notFound}},
		"unknown method": {request(t, http.MethodDelete, path, ""), result{http.StatusNotFound, notFound}},
		"no credentials": {anonymous(t, http.MethodGet, path, ""), unauthorized("x-auth-token not found")},
		"unknown token":  {request(t, http.MethodGet, path, "", "X-Auth-Token", "other"), unauthorized("decrypt token fail")},
	} {
		diff(t, name, test.want, send(t, newCloud(), test.request))
	}
}

func TestCloud_reportsWhatIsMissingAsEachServiceDoes(t *testing.T) {
	dcs := func(code, message string) string {
		return `{"error_msg":"` + message + `","error_code":"` + code + `","error_ext_msg":null}`
	}
	dws := func(code, message string) string {
		return `{"externalMessage":"` + message + `","errCode":"` + code + `","error_code":"` + code + `","error_msg":"` + message + `"}`
	}
	cce := func(what string) string {
		return `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":404,` +
			`"errorCode":"CCE.01404001","errorMessage":"Resource not found.","error_code":"CCE_CM.0003",` +
			`"error_msg":"Resource not found","message":"The ` + what + ` does not exist in this project","reason":"NotFound"}`
	}
	for path, test := range map[string]struct{ documented, body string }{
		fakecloud.JobPath("P", "J"):               {"/v2/P/jobs/J", dcs("111404070", "The job does not exist.")},
		fakecloud.ProgressPath("P", "I", "T"):     {"/v2/P/instances/I/tasks/T/progress", dcs("DCS.4133", "The background task does not exist.")},
		fakecloud.TasksPath("P", "I"):             {"/v2/P/instances/I/tasks", dcs("DCS.3022", "This DCS instance does not exist.")},
		fakecloud.ActionPath("P", "C", "GROWING"): {"/v1/P/clusters/C/actions/GROWING", dws("DWS.0025", "The action does not exist.")},
		fakecloud.ClusterPath("P", "C"):           {"/v1.0/P/clusters/C", dws("DWS.0047", "The cluster does not exist.")},
		fakecloud.SnapshotTasksPath("P", "C"):     {"/api/v3.1/projects/P/clusters/C/operation/snapshot/tasks", cce("cluster")},
		fakecloud.AutopilotSnapshotTasksPath("P", "C"): {
			"/autopilot/v3.1/projects/P/clusters/C/operation/snapshot/tasks", cce("cluster"),
		},
		fakecloud.CCEJobPath("P", "J"):              {"/api/v3/projects/P/jobs/J", cce("job")},
		fakecloud.CCEAutopilotJobPath("P", "J"):     {"/autopilot/v3/projects/P/jobs/J", cce("job")},
		fakecloud.CCEUpgradeTaskPath("P", "C", "T"): {"/api/v3/projects/P/clusters/C/operation/upgrade/tasks/T", cce("upgrade task")},
		fakecloud.CCEAutopilotUpgradeTaskPath("P", "C", "T"): {
			"/autopilot/v3/projects/P/clusters/C/operation/upgrade/tasks/T", cce("upgrade task"),
		},
		fakecloud.DWSJobPath("P", "J"): {"/v1.0/P/job/J", dws("DWS.0025", "The job does not exist.")},
	} {
		diff(t, "path", test.documented, path)
		diff(t, path, result{http.StatusNotFound, test.body}, get(t, newCloud(), path))
	}
	path := fakecloud.DWSSnapshotPath("P", "S")
	diff(t, "path", "/v1.0/P/snapshots/S", path)
	diff(t, path, result{http.StatusBadRequest, dws("DWS.5149", "The snapshot ID is invalid.")}, get(t, newCloud(), path))
}

// The test fails only under the race detector.
func TestCloud_mayChangeWhileItServes(t *testing.T) {
	cloud, path := jobCloud("{}")
	issuer := fakecloud.Issuer{Keys: []fakecloud.Keys{keys(1), keys(2)}, Lifetime: time.Hour}
	cloud.ServePodIdentity("projected", issuer)
	cloud.ServeMetadata(fakecloud.Metadata{})
	var group sync.WaitGroup
	for range 8 {
		for _, r := range []*http.Request{
			request(t, http.MethodGet, host+path, ""),
			podRequest(t, "projected", "{}"),
			request(t, http.MethodPut, host+fakecloud.MetadataTokenPath, ""),
			signed(t, keys(1), http.MethodGet, fakecloud.ProjectsPath, ""),
		} {
			group.Go(func() {
				response, err := cloud.Transport().RoundTrip(r)
				if err != nil {
					t.Error(err)
					return
				}
				response.Body.Close()
			})
		}
		group.Go(func() {
			cloud.Serve(path, fakecloud.Response{Body: "{}"})
			cloud.Fail(path, fakecloud.Fault{Status: http.StatusServiceUnavailable})
			cloud.AddProject("name", "id")
			cloud.AddAgency(agency(issuer))
			cloud.Revoke("AK2")
			cloud.Accept(keys(2))
			cloud.ServeMetadata(fakecloud.Metadata{})
			cloud.Requests()
		})
	}
	group.Wait()
	diff(t, "requests", 32, len(cloud.Requests()))
}

func TestServe_startsItsTimelineWithTheFirstRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud, path := newCloud(), fakecloud.JobPath(project, "job")
		cloud.Serve(path,
			fakecloud.Response{After: time.Minute, Body: "started"},
			fakecloud.Response{After: time.Hour, Status: http.StatusAccepted, Body: "done"})

		cloud.Fail(path, fakecloud.Fault{Status: http.StatusBadGateway})
		diff(t, "failed request", http.StatusBadGateway, get(t, cloud, path).Status)
		diff(t, "unauthenticated request", http.StatusUnauthorized, send(t, cloud, anonymous(t, http.MethodGet, host+path, "")).Status)
		time.Sleep(24 * time.Hour)
		diff(t, "first request", http.StatusNotFound, get(t, cloud, path).Status)
		time.Sleep(time.Minute)
		diff(t, "at the first step", ok("started"), get(t, cloud, path))
		time.Sleep(58 * time.Minute)
		diff(t, "between the steps", ok("started"), get(t, cloud, path))
		time.Sleep(time.Hour)
		diff(t, "after the last step", result{http.StatusAccepted, "done"}, get(t, cloud, path))

		cloud.Serve(path, fakecloud.Response{Body: "new"}, fakecloud.Response{After: time.Second, Body: "later"})
		diff(t, "served again", ok("new"), get(t, cloud, path))
	})
}

func TestServe_takesAnyPathAndMethod(t *testing.T) {
	cloud := newCloud()
	cloud.Serve("/extra", fakecloud.Response{After: time.Hour})
	cloud.Serve("POST /extra", fakecloud.Response{Status: http.StatusCreated, Body: "made"})
	diff(t, "POST", result{http.StatusCreated, "made"}, post(t, cloud, "/extra", ""))
	diff(t, "GET before the first step", http.StatusNotFound, get(t, cloud, "/extra").Status)
}

func TestResponse_hasTheHeadersOfTheCloud(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud, path := jobCloud("{}")
		_, header := sendForHeader(t, cloud, request(t, http.MethodGet, host+path, ""))
		diff(t, "default", http.Header{
			"Content-Length": {"2"},
			"Content-Type":   {"application/json;charset=utf8"},
			"Date":           {"Sat, 01 Jan 2000 00:00:00 GMT"},
			"X-Request-Id":   {"00000000000000000000000000000001"},
		}, header)

		cloud.Serve(path, fakecloud.Response{Header: http.Header{
			"content-type": {"text/html"}, "Date": {"yesterday"}, "Retry-After": {"56.818"},
		}})
		_, header = sendForHeader(t, cloud, request(t, http.MethodGet, host+path, ""))
		diff(t, "replaced", http.Header{
			"Content-Length": {"0"},
			"Content-Type":   {"text/html"},
			"Date":           {"yesterday"},
			"Retry-After":    {"56.818"},
			"X-Request-Id":   {"00000000000000000000000000000002"},
		}, header)
	})
}

func TestRequests_logsEverythingExceptSecrets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		send(t, cloud, request(t, http.MethodPost, host+"/v2/a%2Fb/jobs?limit=10&limit=20", `{"auth":{}}`,
			"Authorization", "SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date;Host, Signature=00",
			"X-Security-Token", "secret", "X-Language", "en_us"))
		get(t, cloud, fakecloud.ProjectsPath)
		diff(t, "log", []fakecloud.Request{{
			Time:   time.Now().UTC(),
			Method: http.MethodPost,
			Host:   "dcs.cn-north-4.myhuaweicloud.com",
			Path:   "/v2/a%2Fb/jobs",
			Query:  url.Values{"limit": {"10", "20"}},
			Header: http.Header{"X-Language": {"en_us"}},
			Signed: []string{"host", "x-sdk-date"},
			Body:   `{"auth":{}}`,

			AccessKey: "AK",
			ByToken:   true,
			Status:    http.StatusNotFound,
		}, {
			Time:   time.Now().UTC(),
			Method: http.MethodGet,
			Host:   "dcs.cn-north-4.myhuaweicloud.com",
			Path:   fakecloud.ProjectsPath,
			Query:  url.Values{},
			Header: http.Header{},

			ByToken: true,
			Status:  http.StatusOK,
		}}, cloud.Requests())
	})
}

func TestAddProject_isFoundByName(t *testing.T) {
	cloud := newCloud()
	cloud.AddProject("cn-north-4", project)
	cloud.AddProject("cn-east-3", "one")
	cloud.AddProject("cn-east-3", "two")
	diff(t, "response", ok(`{"projects":[{"domain_id":"d78cbac186b744899480f25bd022f468","is_domain":false,`+
		`"parent_id":"d78cbac186b744899480f25bd022f468","name":"cn-north-4","description":"",`+
		`"links":{"next":null,"previous":null,"self":"https://iam.myhuaweicloud.com/v3/projects/`+project+`"},`+
		`"id":"`+project+`","enabled":true}],`+
		`"links":{"next":null,"previous":null,"self":"https://iam.myhuaweicloud.com/v3/projects?name=cn-north-4"}}`),
		get(t, cloud, "/v3/projects?name=cn-north-4"))
	for query, want := range map[string][]string{
		"name=cn-east-3":                   {"one", "two"},
		"":                                 {project, "one", "two"},
		"name=cn-south-1":                  {},
		"name=cn-east-3&domain_id=another": {},
	} {
		ids := []string{}
		for _, each := range at(t, get(t, cloud, "/v3/projects?"+query).Body, "projects").([]any) {
			ids = append(ids, each.(map[string]any)["id"].(string))
		}
		diff(t, query, want, ids)
	}
}
