// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestCloud_sendsTheGatewayAheadOfEverything(t *testing.T) {
	cloud := open()
	path := fakecloud.JobPath(project, "job")
	stranger, err := http.NewRequest(http.MethodGet, anywhere+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	lost := stranger.Clone(t.Context())
	lost.URL.Path = "/v2/nowhere"

	diff(t, "an unknown path, without credentials", answered{
		http.StatusNotFound,
		`{"error_msg":"The API does not exist or has not been published in the environment.",` +
			`"error_code":"APIGW.0101","request_id":"00000000000000000000000000000001"}`,
	},
		send(t, cloud, lost))
	diff(t, "a known path, without credentials", answered{
		http.StatusUnauthorized,
		`{"error_msg":"Incorrect IAM authentication information: x-auth-token not found",` +
			`"error_code":"APIGW.0301","request_id":"00000000000000000000000000000002"}`,
	},
		send(t, cloud, stranger))
	diff(t, "another method", http.StatusNotFound,
		send(t, cloud, request(t, http.MethodDelete, anywhere+path)).Status)
}

func TestCloud_refusesAnUnknownToken(t *testing.T) {
	r := request(t, http.MethodGet, anywhere+fakecloud.JobPath(project, "job"))
	r.Header.Set("X-Auth-Token", "another")
	diff(t, "answer", answered{
		http.StatusUnauthorized,
		`{"error_msg":"Incorrect IAM authentication information: decrypt token fail",` +
			`"error_code":"APIGW.0301","request_id":"00000000000000000000000000000001"}`,
	},
		send(t, open(), r))
}

// The promise is kept if the race detector has nothing to say.
func TestCloud_mayBeChangedWhileItAnswers(t *testing.T) {
	cloud := open()
	path := fakecloud.JobPath(project, "job")
	var together sync.WaitGroup
	for range 8 {
		r := request(t, http.MethodGet, anywhere+path)
		together.Go(func() {
			response, err := cloud.Transport().RoundTrip(r)
			if err != nil {
				t.Error(err)
				return
			}
			response.Body.Close()
		})
		together.Go(func() {
			cloud.Serve(path, fakecloud.Response{Body: "{}"})
			cloud.Fail(path, fakecloud.Fault{Status: 503})
			cloud.AddProject("name", "id")
			cloud.Requests()
		})
	}
	together.Wait()
	diff(t, "requests", 8, len(cloud.Requests()))
}

func TestCloud_letsEachServiceSayThatAThingIsMissing(t *testing.T) {
	for name, test := range map[string]struct{ path, body string }{
		"DCS job": {
			fakecloud.JobPath(project, "job"),
			`{"error_msg":"The job does not exist.","error_code":"111404070","error_ext_msg":null}`,
		},
		"DCS progress": {
			fakecloud.ProgressPath(project, instance, "task"),
			`{"error_msg":"The background task does not exist.","error_code":"DCS.4070","error_ext_msg":null}`,
		},
		"DCS list": {
			fakecloud.TasksPath(project, instance),
			`{"error_msg":"This DCS instance does not exist.","error_code":"DCS.4001","error_ext_msg":null}`,
		},
		"DWS action": {
			fakecloud.ActionPath(project, cluster, "SNAPSHOTTING"),
			`{"externalMessage":"The action does not exist.","errCode":"DWS.0025",` +
				`"error_code":"DWS.0025","error_msg":"The action does not exist."}`,
		},
		"DWS cluster": {
			fakecloud.ClusterPath(project, cluster),
			`{"externalMessage":"The cluster does not exist.","errCode":"DWS.0047",` +
				`"error_code":"DWS.0047","error_msg":"The cluster does not exist."}`,
		},
		"CCE list": {
			fakecloud.SnapshotTasksPath(project, cluster),
			`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":404,` +
				`"errorCode":"CCE.01404001","errorMessage":"Resource not found.","error_code":"CCE_CM.0003",` +
				`"error_msg":"Resource not found","message":"The cluster does not exist in this project","reason":"NotFound"}`,
		},
		"CCE Autopilot list": {
			fakecloud.AutopilotSnapshotTasksPath(project, cluster),
			`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":404,` +
				`"errorCode":"CCE.01404001","errorMessage":"Resource not found.","error_code":"CCE_CM.0003",` +
				`"error_msg":"Resource not found","message":"The cluster does not exist in this project","reason":"NotFound"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			diff(t, "answer", answered{http.StatusNotFound, test.body}, get(t, open(), test.path))
		})
	}
}

func TestPaths_areThoseOfTheDocuments(t *testing.T) {
	diff(t, "paths", []string{
		"/v2/P/jobs/J",
		"/v2/P/instances/I/tasks",
		"/v2/P/instances/I/tasks/T/progress",
		"/v1/P/clusters/C/actions/GROWING",
		"/v1.0/P/clusters/C",
		"/api/v3.1/projects/P/clusters/C/operation/snapshot/tasks",
		"/autopilot/v3.1/projects/P/clusters/C/operation/snapshot/tasks",
	}, []string{
		fakecloud.JobPath("P", "J"),
		fakecloud.TasksPath("P", "I"),
		fakecloud.ProgressPath("P", "I", "T"),
		fakecloud.ActionPath("P", "C", "GROWING"),
		fakecloud.ClusterPath("P", "C"),
		fakecloud.SnapshotTasksPath("P", "C"),
		fakecloud.AutopilotSnapshotTasksPath("P", "C"),
	})
}

func TestServe_followsItsTimelineFromTheFirstRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		path := fakecloud.JobPath(project, "job")
		cloud.Serve(path,
			fakecloud.Response{After: time.Minute, Body: "begun"},
			fakecloud.Response{After: time.Hour, Status: http.StatusAccepted, Body: "done"})

		time.Sleep(24 * time.Hour) // before the first request, which starts the clock
		diff(t, "before the first step", http.StatusNotFound, get(t, cloud, path).Status)
		time.Sleep(time.Minute)
		diff(t, "at the first step", answered{http.StatusOK, "begun"}, get(t, cloud, path))
		time.Sleep(58 * time.Minute)
		diff(t, "between the steps", answered{http.StatusOK, "begun"}, get(t, cloud, path))
		time.Sleep(time.Hour)
		diff(t, "after the last step", answered{http.StatusAccepted, "done"}, get(t, cloud, path))

		cloud.Serve(path, fakecloud.Response{Body: "anew"}, fakecloud.Response{After: time.Second, Body: "old"})
		diff(t, "served again", answered{http.StatusOK, "anew"}, get(t, cloud, path))
	})
}

func TestServe_startsNoClockForAStranger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		path := fakecloud.JobPath(project, "job")
		cloud.Serve(path, fakecloud.Response{Body: "first"}, fakecloud.Response{After: time.Second, Body: "second"})
		cloud.Fail(path, fakecloud.Fault{Status: http.StatusBadGateway})

		stranger := request(t, http.MethodGet, anywhere+path)
		stranger.Header.Del("X-Auth-Token")
		diff(t, "struck", http.StatusBadGateway, get(t, cloud, path).Status)
		diff(t, "unknown", http.StatusUnauthorized, send(t, cloud, stranger).Status)
		time.Sleep(time.Minute)
		diff(t, "first real answer", answered{http.StatusOK, "first"}, get(t, cloud, path))
	})
}

func TestServe_makesAnyPathAndMethodKnown(t *testing.T) {
	cloud := open()
	cloud.Serve("/extra", fakecloud.Response{After: time.Hour})
	cloud.Serve("POST /extra", fakecloud.Response{Status: http.StatusCreated, Body: "made"})

	diff(t, "POST", answered{http.StatusCreated, "made"}, send(t, cloud, request(t, http.MethodPost, anywhere+"/extra")))
	diff(t, "GET before its time", http.StatusNotFound, get(t, cloud, "/extra").Status)
}

func TestAnswer_bringsTheHeadersOfTheCloud(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		path := fakecloud.JobPath(project, "job")
		header := func() http.Header {
			response, err := cloud.Transport().RoundTrip(request(t, http.MethodGet, anywhere+path))
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			return response.Header
		}

		cloud.Serve(path, fakecloud.Response{Body: "{}"})
		diff(t, "its own", http.Header{
			"Content-Length": {"2"},
			"Content-Type":   {"application/json;charset=utf8"},
			"Date":           {"Sat, 01 Jan 2000 00:00:00 GMT"},
			"X-Request-Id":   {"00000000000000000000000000000001"},
		}, header())

		cloud.Serve(path, fakecloud.Response{Header: http.Header{
			"content-type": {"text/html"}, "Date": {"yesterday"}, "Retry-After": {"56.818"},
		}})
		diff(t, "replaced", http.Header{
			"Content-Length": {"0"},
			"Content-Type":   {"text/html"},
			"Date":           {"yesterday"},
			"Retry-After":    {"56.818"},
			"X-Request-Id":   {"00000000000000000000000000000002"},
		}, header())
	})
}

func TestRequests_tellEverythingButTheSecrets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := open()
		r := request(t, http.MethodPost, anywhere+"/v2/a%2Fb/jobs?limit=10&limit=20")
		r.Body = http.NoBody
		r.Header.Set("Authorization", "SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date;Host, Signature=00")
		r.Header.Set("X-Security-Token", "secret")
		r.Header.Set("X-Language", "en_us")
		send(t, cloud, r)
		get(t, cloud, fakecloud.ProjectsPath)

		noon := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
		diff(t, "log", []fakecloud.Request{{
			Time:   noon,
			Method: http.MethodPost,
			Host:   "dcs.cn-north-4.myhuaweicloud.com",
			Path:   "/v2/a%2Fb/jobs",
			Query:  url.Values{"limit": {"10", "20"}},
			Header: http.Header{"X-Language": {"en_us"}},
			Signed: []string{"host", "x-sdk-date"},

			AccessKey: "AK",
			ByToken:   true,
			Status:    http.StatusNotFound,
		}, {
			Time:   noon,
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

func TestRequests_keepTheBody(t *testing.T) {
	cloud := open()
	r, err := http.NewRequest(http.MethodPost, anywhere+"/x", strings.NewReader(`{"auth":{}}`))
	if err != nil {
		t.Fatal(err)
	}
	send(t, cloud, r)
	diff(t, "body", `{"auth":{}}`, cloud.Requests()[0].Body)
}

func TestAddProject_isFoundByItsName(t *testing.T) {
	cloud := open()
	cloud.AddProject("cn-north-4", project)
	cloud.AddProject("cn-east-3", "elsewhere")

	diff(t, "answer", answered{
		http.StatusOK,
		`{"projects":[{"domain_id":"d78cbac186b744899480f25bd022f468","is_domain":false,` +
			`"parent_id":"d78cbac186b744899480f25bd022f468","name":"cn-north-4","description":"",` +
			`"links":{"next":null,"previous":null,"self":"https://iam.myhuaweicloud.com/v3/projects/` + project + `"},` +
			`"id":"` + project + `","enabled":true}],` +
			`"links":{"next":null,"previous":null,"self":"https://iam.myhuaweicloud.com/v3/projects?name=cn-north-4"}}`,
	},
		get(t, cloud, "/v3/projects?name=cn-north-4"))
}

func TestAddProject_mayRepeatAName(t *testing.T) {
	cloud := open()
	cloud.AddProject("cn-north-4", "one")
	cloud.AddProject("cn-north-4", "two")
	ids := func(query string) []string {
		found := []string{}
		for _, each := range decoded(t, get(t, cloud, "/v3/projects?"+query).Body)["projects"].([]any) {
			found = append(found, each.(map[string]any)["id"].(string))
		}
		return found
	}
	diff(t, "two of one name", []string{"one", "two"}, ids("name=cn-north-4"))
	diff(t, "all", []string{"one", "two"}, ids(""))
	diff(t, "nobody's name", []string{}, ids("name=cn-south-1"))
	diff(t, "another domain", []string{}, ids("name=cn-north-4&domain_id=another"))
}
