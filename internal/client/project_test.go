// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// place is where a project was found, and by which look-ups.
type place struct {
	Region, ID string
	Names      []string // that IAM was asked for
	Hosts      []string // of IAM
}

func TestProject_isFoundByTheRegion(t *testing.T) {
	const north, south = "cn-north-4", "cn-south-1"
	unknown := func(arguments ...string) Config { return Config{Unknown: arguments} }
	iamOf := func(region string) []string { return []string{"iam." + region + ".myhuaweicloud.com"} }
	for _, test := range []struct {
		name       string
		config     Config
		region, id string // of the read
		want       place
		err        error
	}{
		{"an id of the read's own", Config{Region: north}, "", "given", place{Region: north, ID: "given"}, nil},
		{"an id and a region of the read's own", Config{}, south, "given", place{Region: south, ID: "given"}, nil},
		{"an id of the read's own comes first", Config{Region: north, ProjectID: "own"}, north, "given", place{Region: north, ID: "given"}, nil},
		{"a configured id", Config{Region: north, ProjectID: "own"}, "", "", place{Region: north, ID: "own"}, nil},
		{"a configured id, the region named again", Config{Region: north, ProjectID: "own"}, north, "", place{Region: north, ID: "own"}, nil},
		{"a configured id before a name", Config{Region: north, ProjectID: "own", ProjectName: "cn-north-4_sub"}, "", "", place{Region: north, ID: "own"}, nil},
		{"looked up by the region", Config{Region: north}, "", "", place{north, "id-of-north", []string{north}, iamOf(north)}, nil},
		{"looked up by a configured name", Config{Region: north, ProjectName: "cn-north-4_sub"}, "", "", place{north, "id-of-sub", []string{"cn-north-4_sub"}, iamOf(north)}, nil},
		{"another region has another project", Config{Region: north, ProjectID: "own"}, south, "", place{south, "id-of-south", []string{south}, iamOf(south)}, nil},
		{"and another name", Config{Region: north, ProjectName: "cn-north-4_sub"}, south, "", place{south, "id-of-south", []string{south}, iamOf(south)}, nil},
		{"no region of the provider's", Config{ProjectID: "own"}, south, "", place{south, "id-of-south", []string{south}, iamOf(south)}, nil},
		{"no region at all", Config{ProjectID: "own"}, "", "", place{}, ErrNoRegion},
		{"no region, but an id", Config{}, "", "given", place{}, ErrNoRegion},

		{
			"a region that the endpoint does not serve",
			Config{Region: north, Endpoints: map[Service]string{DCS: "https://dcs.example.com"}},
			south, "",
			place{},
			&ForeignRegionError{Service: DCS, Endpoint: "https://dcs.example.com", OwnRegion: north, Region: south},
		},
		{
			"a fixed endpoint of another service",
			Config{Region: north, Endpoints: map[Service]string{DWS: "https://dws.example.com"}},
			south, "given",
			place{Region: south, ID: "given"},
			nil,
		},

		{"region not known", unknown("region"), "", "given", place{}, &UnknownArgumentError{"region"}},
		{"region not known and not needed", unknown("region"), south, "given", place{Region: south, ID: "given"}, nil},
		{"region not known: is the id meant?", Config{ProjectID: "own", Unknown: []string{"region"}}, south, "", place{}, &UnknownArgumentError{"region"}},
		{"region not known: is the name meant?", Config{ProjectName: "x", Unknown: []string{"region"}}, south, "", place{}, &UnknownArgumentError{"region"}},
		{"region not known: is an unknown id meant?", unknown("project_id", "region"), south, "", place{}, &UnknownArgumentError{"region"}},
		{"region not known: neither id nor name", unknown("region"), south, "", place{south, "id-of-south", []string{south}, iamOf(south)}, nil},
		{"id not known", Config{Region: north, Unknown: []string{"project_id"}}, "", "", place{}, &UnknownArgumentError{"project_id"}},
		{"id not known and not needed", Config{Region: north, Unknown: []string{"project_id"}}, south, "", place{south, "id-of-south", []string{south}, iamOf(south)}, nil},
		{"name not known", Config{Region: north, Unknown: []string{"project_name"}}, "", "", place{}, &UnknownArgumentError{"project_name"}},
		{"name not known and not needed", Config{Region: north, ProjectID: "own", Unknown: []string{"project_name"}}, "", "", place{Region: north, ID: "own"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := newCloud()
			cloud.AddProject(north, "id-of-north")
			cloud.AddProject(south, "id-of-south")
			cloud.AddProject("cn-north-4_sub", "id-of-sub")
			test.config.Credentials, test.config.Transport = Static(keys), cloud.Transport()
			p, err := New(test.config).Project(t.Context(), DCS, test.region, test.id)
			diff(t, "error", test.err, err)
			got := place{Region: p.Region, ID: p.ID}
			for _, r := range cloud.Requests() {
				got.Names = append(got.Names, r.Query["name"]...)
				got.Hosts = append(got.Hosts, r.Host)
			}
			diff(t, "project", test.want, got)
		})
	}
}

func TestProject_askedWhatIsNotKnownSaysSoBeforeAnyRequest(t *testing.T) {
	for _, argument := range []string{"access_key", "secret_key", "security_token", "max_retries", "insecure", "endpoints", "auth_url", "cloud"} {
		cloud := newCloud()
		c := newClient(cloud.Transport(), func(c *Config) { c.ProjectID, c.Unknown = "", []string{argument} })
		_, err := c.Project(t.Context(), DCS, "", "")
		var unknown *UnknownArgumentError
		if !errors.As(err, &unknown) || unknown.Argument != argument {
			t.Errorf("%s: the error is %v", argument, err)
		}
		diff(t, "requests", 0, len(cloud.Requests()))
	}
}

func TestProject_needsKeys(t *testing.T) {
	for name, k := range map[string]Credentials{"none": {}, "half": {AccessKey: "FAKE"}, "the other half": {SecretKey: "fake"}, "a token alone": {SecurityToken: "fake"}} {
		cloud := newCloud()
		_, err := newClient(cloud.Transport(), func(c *Config) { c.ProjectID, c.Credentials = "", Static(k) }).Project(t.Context(), DCS, "", "")
		if !errors.As(err, new(*NoCredentialsError)) {
			t.Errorf("%s: the error is %v", name, err)
		}
		diff(t, "requests", 0, len(cloud.Requests()))
	}
}

func TestProject_isFoundThroughAConfiguredIAM(t *testing.T) {
	for _, configured := range []string{"https://iam.example.com", "https://iam.example.com/v3", "https://iam.example.com/v3/"} {
		endpoint, err := ParseEndpoint(IAM, configured)
		if err != nil {
			t.Fatal(err)
		}
		cloud := newCloud()
		cloud.AddProject("eu-de", "id-of-eu-de")
		c := newClient(cloud.Transport(), func(c *Config) { c.Endpoints = map[Service]string{IAM: endpoint} })
		p, err := c.Project(t.Context(), DCS, "eu-de", "")
		diff(t, "error", nil, err)
		diff(t, "id", "id-of-eu-de", p.ID)
		r := cloud.Requests()[0]
		diff(t, "request", "iam.example.com /v3/projects name=eu-de", r.Host+" "+r.Path+" "+r.Query.Encode())
	}
}

func TestProject_isAnErrorUnlessIAMNamesExactlyOne(t *testing.T) {
	list := func(entries string) string { return `{"projects":[` + entries + `],"links":{}}` }
	for _, test := range []struct {
		name, body string
		want       ProjectLookupError
		text       string
	}{
		{"none", list(``), ProjectLookupError{}, "no project is named cn-north-4"},
		{"no list", `{}`, ProjectLookupError{}, "no project is named cn-north-4"},
		{"one of a longer name", list(`{"id":"a","name":"cn-north-4_sub"}`), ProjectLookupError{}, "no project is named cn-north-4"},
		{"one without an id", list(`{"name":"cn-north-4"}`), ProjectLookupError{}, "no project is named cn-north-4"},
		{
			"several", list(`{"id":"a","name":"cn-north-4"},{"id":"b","name":"cn-north-4"}`),
			ProjectLookupError{IDs: []string{"a", "b"}},
			"2 projects are named cn-north-4: a, b",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := newCloud()
			cloud.Serve(fakecloud.ProjectsPath, fakecloud.Response{Body: test.body})
			_, err := newClient(cloud.Transport(), func(c *Config) { c.ProjectID = "" }).Project(t.Context(), DCS, "", "")
			var got *ProjectLookupError
			if !errors.As(err, &got) {
				t.Fatalf("the error is %v", err)
			}
			test.want.Region, test.want.Name = region, region
			diff(t, "error", test.want, *got)
			diff(t, "text", test.text, err.Error())
		})
	}
}

func TestProject_isNotReadUnderAnIDThatLeadsElsewhere(t *testing.T) {
	cloud := newCloud()
	cloud.Serve(fakecloud.ProjectsPath, fakecloud.Response{Body: `{"projects":[{"id":"../x","name":"cn-north-4"}]}`})
	_, err := newClient(cloud.Transport(), func(c *Config) { c.ProjectID = "" }).Project(t.Context(), DCS, "", "")
	diff(t, "error", errors.New(`looking up the project cn-north-4: the id "../x" has a character that is neither a letter, a digit, a hyphen, an underscore nor a dot`), err)
}

func TestProject_tellsWhatIAMSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{
			Status: http.StatusForbidden, Header: http.Header{"X-Request-Id": nil, "X-Iam-Trace-Id": {"token_trace"}},
			Body: `{"error":{"code":403,"message":"You are not authorized to perform the requested action.","title":"Forbidden"}}`,
		})
		_, err := newClient(cloud.Transport(), func(c *Config) { c.ProjectID = "" }).Project(t.Context(), DCS, "", "")
		diff(t, "error", Error{
			Kind: KindStatus, Method: http.MethodGet, URL: iamURL, Status: 403, Code: "403",
			Message: "You are not authorized to perform the requested action.", RequestID: "token_trace",
			Action: "iam:projects:listProjects", ServerTime: bubbleStart, LocalTime: bubbleStart,
		}, fault(t, err))
		diff(t, "text", errors.New("looking up the project cn-north-4: GET "+iamURL+": status 403: 403: You are not authorized to perform the requested action."), err)
	})
}

func TestProject_escapesTheNameThatItLooksUp(t *testing.T) {
	cloud := newCloud()
	cloud.AddProject("cn-north-4_a b&c", "id-of-it")
	p, err := newClient(cloud.Transport(), func(c *Config) { c.ProjectID, c.ProjectName = "", "cn-north-4_a b&c" }).Project(t.Context(), DCS, "", "")
	diff(t, "error", nil, err)
	diff(t, "id", "id-of-it", p.ID)
	diff(t, "query", url.Values{"name": {"cn-north-4_a b&c"}}, cloud.Requests()[0].Query)
}

// findings are what concurrent reads found.
type findings struct {
	IDs  []string
	Errs []string
}

// findTogether looks the project up from several reads at once. The first one
// to ask is cancelled after leader, the others never; 0 for not at all.
func findTogether(t *testing.T, cloud *fakecloud.Cloud, reads int, leader time.Duration) (f findings) {
	t.Helper()
	c := newClient(cloud.Transport(), func(c *Config) { c.ProjectID = "" })
	type found struct{ id, err string }
	results := make(chan found, reads)
	for i := range reads {
		ctx, cancel := context.WithCancel(t.Context())
		if i == 0 && leader > 0 {
			time.AfterFunc(leader, cancel)
		}
		go func() {
			defer cancel()
			p, err := c.Project(ctx, DCS, "", "")
			text := ""
			if err != nil {
				text = err.Error()
			}
			results <- found{p.ID, text}
		}()
		synctest.Wait() // the first one asks, the others join it
	}
	for range reads {
		r := <-results
		f.IDs, f.Errs = append(f.IDs, r.id), append(f.Errs, r.err)
	}
	slices.Sort(f.Errs)
	slices.Sort(f.IDs)
	return f
}
