// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func withoutID(c *Config) { c.ProjectID = "" }

func TestProject_isLookedUpByName(t *testing.T) {
	cloud := newCloud()
	cloud.AddProject("cn-north-4_a b&c", "id-of-it")
	c := newClient(cloud.Transport(), withoutID, func(c *Config) {
		c.ProjectName, c.Endpoints = "cn-north-4_a b&c", map[transport.Service]string{transport.IAM: "https://iam.example.com"}
	})
	for range 2 { // the second time from the cache
		p, err := c.Project(t.Context(), transport.DCS, "", "")
		diff(t, "error", nil, err)
		diff(t, "ID", "id-of-it", p.ID)
		diff(t, "region", region, p.Region)
	}
	diff(t, "requests", 1, len(cloud.Requests()))
	r := cloud.Requests()[0]
	diff(t, "request", "GET iam.example.com/v3/projects", r.Method+" "+r.Host+r.Path)
	diff(t, "query", url.Values{"name": {"cn-north-4_a b&c"}}, r.Query)
}

// TestProject_isLookedUpOncePerRegion also by concurrent reads, and the lookup is
// retried as any request is.
func TestProject_isLookedUpOncePerRegion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddProject("cn-north-4", "id-of-north")
		cloud.AddProject("cn-south-1", "id-of-south")
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Status: 503, Times: 5})
		c := newClient(cloud.Transport(), withoutID, retries(5))
		found := make(chan string)
		for range 3 {
			for _, region := range []string{"", "cn-south-1"} {
				go func() {
					p, err := c.Project(t.Context(), transport.DCS, region, "")
					diff(t, "error", nil, err)
					found <- p.ID
				}()
			}
		}
		got := map[string]int{}
		for range 6 {
			got[<-found]++
		}
		diff(t, "projects", map[string]int{"id-of-north": 3, "id-of-south": 3}, got)
		diff(t, "requests", 5+2, len(cloud.Requests()))
	})
}

func TestProject_isAnErrorUnlessIAMReturnsExactlyOne(t *testing.T) {
	list := func(entries string) string { return `{"projects":[` + entries + `],"links":{}}` }
	for _, test := range []struct {
		name, body string
		ids        []string
		text       string
	}{
		{"none", list(``), nil, "no project is named cn-north-4"},
		{"no list", `{}`, nil, "no project is named cn-north-4"},
		{"one with a longer name", list(`{"id":"a","name":"cn-north-4_sub"}`), nil, "no project is named cn-north-4"},
		{"one without an ID", list(`{"name":"cn-north-4"}`), nil, "no project is named cn-north-4"},
		{"several", list(`{"id":"a","name":"cn-north-4"},{"id":"b","name":"cn-north-4"}`), []string{"a", "b"}, "2 projects are named cn-north-4: a, b"},
		{
			"an ID that is a path", list(`{"id":"../x","name":"cn-north-4"}`),
			[]string{"../x"},
			`looking up the project cn-north-4: the ID "../x" contains a character that is not a letter, a digit, a hyphen, an underscore, or a dot`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := newCloud()
			cloud.Serve(fakecloud.ProjectsPath, fakecloud.Response{Body: test.body})
			_, err := newClient(cloud.Transport(), withoutID).Project(t.Context(), transport.DCS, "", "")
			var got *ProjectLookupError
			if !errors.As(err, &got) {
				t.Fatalf("the error is %v", err)
			}
			diff(t, "IDs", test.ids, got.IDs)
			diff(t, "text", test.text, err.Error())
		})
	}
}

func TestProject_returnsTheErrorOfIAM(t *testing.T) {
	cloud := newCloud()
	cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{
		Status: http.StatusForbidden,
		Body:   `{"error":{"code":403,"message":"You are not authorized to perform the requested action.","title":"Forbidden"}}`,
	})
	c := newClient(cloud.Transport(), withoutID)
	_, err := c.Project(t.Context(), transport.DCS, "", "")
	diff(t, "text", "looking up the project cn-north-4: GET "+iamURL+": status 403: 403: You are not authorized to perform the requested action.", err.Error())
	diff(t, "IAM action", "iam:projects:listProjects", fault(t, err).IAMAction)

	cloud.AddProject(region, projectID)
	_, err = c.Project(t.Context(), transport.DCS, "", "")
	diff(t, "error of the next lookup", nil, err)
}

// TestNew_usesTheAgency for every request but the one for its own credentials.
func TestNew_usesTheAgency(t *testing.T) {
	issued := fakecloud.Keys{AccessKey: "FAKEISSUED", SecretKey: "fake-issued-secret", SecurityToken: "fake-issued-token"}
	cloud := newCloud()
	cloud.AddProject("cn-south-1", projectID)
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	cloud.AddAgency(fakecloud.Agency{Name: "lender", DomainName: "other", Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued}}})
	c := newClient(cloud.Transport(), func(c *Config) { c.AssumeRoles = []credentials.AssumeRole{{AgencyName: "lender", DomainName: "other"}} })
	p, err := c.Project(t.Context(), transport.DCS, "cn-south-1", "")
	diff(t, "error", nil, err)
	_, err = p.DCSJob(t.Context(), jobID)
	diff(t, "error", nil, err)
	var got []string
	for _, r := range cloud.Requests() {
		got = append(got, r.Host+" "+r.AccessKey)
	}
	diff(t, "requests", []string{
		"iam.cn-north-4.myhuaweicloud.com " + keys.AccessKey, "iam.cn-south-1.myhuaweicloud.com FAKEISSUED", "dcs.cn-south-1.myhuaweicloud.com FAKEISSUED",
	}, got)
}
