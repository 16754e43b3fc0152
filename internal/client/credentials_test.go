// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const podURI = "http://169.254.0.1" + fakecloud.PodIdentityPath

var (
	issued1 = fakecloud.Keys{AccessKey: "FAKEISSUED1", SecretKey: "fake-issued-secret-1", SecurityToken: "fake-issued-token-1"}
	issued2 = fakecloud.Keys{AccessKey: "FAKEISSUED2", SecretKey: "fake-issued-secret-2", SecurityToken: "fake-issued-token-2"}
	agency  = fakecloud.Agency{
		Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued1, issued2}, Lifetime: time.Hour},
		Name:   "lender", DomainName: "other", DomainID: "f0f0",
	}
)

// sourced is a read of a job by credentials that come from somewhere.
type sourced struct {
	name   string
	cloud  func(*fakecloud.Cloud)
	source Source
	role   *AssumeRole
	want   []string // the requests: method, host, path, and who signed
	err    string
}

func (s sourced) run(t *testing.T) {
	t.Helper()
	cloud := newCloud()
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	if s.cloud != nil {
		s.cloud(cloud)
	}
	c := newClient(cloud.Transport(), func(c *Config) { c.Credentials, c.AssumeRole = s.source, s.role })
	_, err := project(t, c).DCSJob(t.Context(), jobID)
	text := ""
	if err != nil {
		text = err.Error()
	}
	diff(t, "error", s.err, text)
	var requests []string
	for _, r := range cloud.Requests() {
		requests = append(requests, r.Method+" "+r.Host+r.Path+signer(r))
	}
	diff(t, "requests", s.want, requests)
}

// signer tells by what a request is authorized.
func signer(r fakecloud.Request) string {
	switch {
	case r.ByToken:
		return " by a token"
	case r.AccessKey != "":
		return " by " + r.AccessKey
	default:
		return ""
	}
}

func readJob(who string) string {
	return "GET dcs.cn-north-4.myhuaweicloud.com" + jobPath + who
}

const (
	askMetadataToken = "PUT 169.254.169.254" + fakecloud.MetadataTokenPath
	askMetadata      = "GET 169.254.169.254" + fakecloud.SecurityKeyPath
	askPod           = "POST 169.254.0.1" + fakecloud.PodIdentityPath
	askIAM           = "POST iam.cn-north-4.myhuaweicloud.com" + fakecloud.SecurityTokensPath + " by FAKEACCESSKEY"
	askSTS           = "POST sts.cn-north-4.myhuaweicloud.com" + fakecloud.AssumeAgencyPath + " by FAKEACCESSKEY"
)

func TestCredentials_comeFromEachSource(t *testing.T) {
	file := write(t, "[basic]\nak = FAKEACCESSKEY\nsk = fake-secret-key\nproject_id = elsewhere\n")
	temporary := write(t, "[global]\nak = x\n[basic]\nak=FAKEISSUED1\nsk=fake-issued-secret-1\nsecurity_token=fake-issued-token-1\n")
	absent := filepath.Join(t.TempDir(), "credentials")
	podToken := write(t, "pod-token\n")
	metadata := func(c *fakecloud.Cloud) { c.ServeMetadata(fakecloud.Metadata{Issuer: agency.Issuer}) }
	pod := func(c *fakecloud.Cloud) { c.ServePodIdentity("pod-token", agency.Issuer) }
	lend := func(c *fakecloud.Cloud) { c.AddAgency(agency) }
	for _, test := range []sourced{
		{name: "keys", source: Static(keys), want: []string{readJob(" by FAKEACCESSKEY")}},
		{
			name: "a token", source: Static(Credentials{Token: "fake-token"}), cloud: func(c *fakecloud.Cloud) { c.AcceptToken("fake-token") },
			want: []string{readJob(" by a token")},
		},
		{name: "a file", source: CredentialsFile(file), want: []string{readJob(" by FAKEACCESSKEY")}},
		{
			name: "a file with temporary keys", source: CredentialsFile(temporary), cloud: func(c *fakecloud.Cloud) { c.Accept(issued1) },
			want: []string{readJob(" by FAKEISSUED1")},
		},
		{name: "an ECS host", source: ECSAgency(), cloud: metadata, want: []string{askMetadataToken, askMetadata, readJob(" by FAKEISSUED1")}},
		{
			name: "an ECS host of the first version", source: ECSAgency(),
			cloud: func(c *fakecloud.Cloud) {
				c.ServeMetadata(fakecloud.Metadata{Issuer: agency.Issuer, WithoutToken: true})
			},
			want: []string{askMetadataToken, askMetadata, readJob(" by FAKEISSUED1")},
		},
		{name: "a pod", source: PodIdentity(podURI, podToken), cloud: pod, want: []string{askPod, readJob(" by FAKEISSUED1")}},
		{
			name: "an agency through IAM", source: Static(keys), cloud: lend, role: &AssumeRole{AgencyName: "lender", DomainName: "other"},
			want: []string{askIAM, readJob(" by FAKEISSUED1")},
		},
		{
			name: "an agency through STS", source: Static(keys), cloud: lend, role: &AssumeRole{AgencyName: "lender", DomainID: "f0f0", Duration: time.Hour},
			want: []string{askSTS, readJob(" by FAKEISSUED1")},
		},
		{
			name: "an agency, asked for with a token", source: Static(Credentials{Token: "fake-token"}), role: &AssumeRole{AgencyName: "lender", DomainName: "other"},
			cloud: func(c *fakecloud.Cloud) { lend(c); c.AcceptToken("fake-token") },
			want:  []string{strings.TrimSuffix(askIAM, " by FAKEACCESSKEY") + " by a token", readJob(" by FAKEISSUED1")},
		},
		{
			name: "the first of a chain", source: Chain(CredentialsFile(file), ECSAgency(), PodIdentity(podURI, podToken)), cloud: metadata,
			want: []string{readJob(" by FAKEACCESSKEY")},
		},
		{
			name: "the second of a chain", source: Chain(CredentialsFile(absent), ECSAgency(), PodIdentity(podURI, podToken)), cloud: metadata,
			want: []string{askMetadataToken, askMetadata, readJob(" by FAKEISSUED1")},
		},
		{
			name: "the last of a chain", source: Chain(CredentialsFile(absent), ECSAgency(), PodIdentity(podURI, podToken)), cloud: pod,
			want: []string{askMetadataToken, askMetadata, askPod, readJob(" by FAKEISSUED1")},
		},
	} {
		t.Run(test.name, test.run)
	}
}

func TestCredentials_areAnErrorWhereTheirSourceGivesNone(t *testing.T) {
	podToken := write(t, "pod-token")
	absent := filepath.Join(t.TempDir(), "credentials")
	inFile := func(content string) (Source, string) {
		path := write(t, content)
		return CredentialsFile(path), "credentials of the SDK's credentials file " + path + ": "
	}
	noINI, ofNoINI := inFile("ak = \x00\n[basic\n")
	noSection, ofNoSection := inFile("[global]\nak=a\nsk=b\n")
	half, ofHalf := inFile("[basic]\nak=a\n")
	oidc, ofOIDC := inFile("[basic]\nidp_id=a\nid_token_file=/b\n")
	const iam = "https://iam.cn-north-4.myhuaweicloud.com" + fakecloud.SecurityTokensPath
	const sts = "https://sts.cn-north-4.myhuaweicloud.com" + fakecloud.AssumeAgencyPath
	role := &AssumeRole{AgencyName: "lender", DomainName: "other"}
	answered := func(path, body string) func(*fakecloud.Cloud) {
		return func(c *fakecloud.Cloud) { c.Fail(path, fakecloud.Fault{Status: 201, Body: body}) }
	}
	away := func(path string) func(*fakecloud.Cloud) {
		return func(c *fakecloud.Cloud) {
			c.ServeMetadata(fakecloud.Metadata{Issuer: agency.Issuer})
			c.Fail(path, fakecloud.Fault{Status: 503, Times: -1})
		}
	}
	for _, test := range []sourced{
		{name: "none at all", source: Static(Credentials{}), err: "there are no credentials"},
		{name: "half a pair", source: Static(Credentials{AccessKey: "a"}), err: "there are no credentials"},
		{name: "a file that is no INI", source: noINI, err: ofNoINI + "it is not an INI file"},
		{name: "a file without the section", source: noSection, err: ofNoSection + "it has no section [basic]"},
		{name: "a file with half a pair", source: half, err: ofHalf + "its section [basic] needs both ak and sk"},
		{
			name: "a file of an identity provider", source: oidc,
			err: ofOIDC + "it asks for an identity provider (OIDC), which this provider does not know yet. Get temporary keys by other means and set access_key, secret_key and security_token",
		},
		{name: "a faulty file ends a chain", source: Chain(half, ECSAgency()), err: ofHalf + "its section [basic] needs both ak and sk"},
		{
			name: "a chain that leads nowhere", source: Chain(CredentialsFile(absent), ECSAgency(), PodIdentity("", podToken)),
			cloud: func(c *fakecloud.Cloud) { c.ServeMetadata(fakecloud.Metadata{WithoutAgency: true}) },
			err: "there are no credentials; the SDK's credentials file " + absent + ": there is no such file; " +
				"the agency of this ECS host: the metadata holds no keys, so that no agency is set on this host; " +
				"the identity of this CCE pod: the variable HC_CONTAINER_CREDENTIALS_FULL_URI is not set",
			want: []string{askMetadataToken, askMetadata},
		},
		{
			name: "no ECS host", source: ECSAgency(), cloud: func(c *fakecloud.Cloud) {
				c.Fail(fakecloud.MetadataTokenPath, fakecloud.Fault{Kind: fakecloud.Hang})
			},
			err:  "there are no credentials; the agency of this ECS host: no metadata at 169.254.169.254, so that this is no ECS host",
			want: []string{askMetadataToken},
		},
		{
			name: "metadata that is away", source: ECSAgency(), cloud: away(fakecloud.SecurityKeyPath),
			err:  "credentials of the agency of this ECS host: GET http://169.254.169.254" + fakecloud.SecurityKeyPath + ": status 503",
			want: []string{askMetadataToken, askMetadata},
		},
		{
			name: "metadata of another kind", source: ECSAgency(), cloud: func(c *fakecloud.Cloud) {
				c.Fail(fakecloud.SecurityKeyPath, fakecloud.Fault{Status: 200, Body: "<html>fake-issued-secret-1"})
			},
			err:  "credentials of the agency of this ECS host: GET http://169.254.169.254" + fakecloud.SecurityKeyPath + ": malformed answer: the body is not a JSON object",
			want: []string{askMetadataToken, askMetadata},
		},
		{
			name: "a pod without a token", source: PodIdentity(podURI, absent),
			err: "credentials of the identity of this CCE pod: open " + absent + ": no such file or directory",
		},
		{
			name: "a pod with a wrong token", source: PodIdentity(podURI, podToken), cloud: func(c *fakecloud.Cloud) { c.ServePodIdentity("other", agency.Issuer) },
			err:  "credentials of the identity of this CCE pod: POST " + podURI + ": status 401",
			want: []string{askPod},
		},
		{
			name: "an agency that is not there", source: Static(keys), role: role,
			err:  "credentials of the agency lender of the account other: POST " + iam + ": status 404: 404: Could not find agency: lender.",
			want: []string{askIAM},
		},
		{
			name: "an agency that is not there for STS", source: Static(keys), role: &AssumeRole{AgencyName: "lender", DomainName: "x", DomainID: "f0f0"},
			err: "credentials of the agency lender of the account f0f0: POST " + sts +
				": status 403: STS5.1106: the agency 'iam::f0f0:agency:lender' cannot be found",
			want: []string{askSTS},
		},
		{
			name: "an answer without keys", source: Static(keys), role: role, cloud: answered(fakecloud.SecurityTokensPath, `{"credential":{"access":"a"}}`),
			err:  "credentials of the agency lender of the account other: POST " + iam + ": malformed answer: it holds no access key and secret key",
			want: []string{askIAM},
		},
		{
			name: "an answer that is none", source: Static(keys), role: role, cloud: answered(fakecloud.SecurityTokensPath, `fake-issued-secret-1`),
			err:  "credentials of the agency lender of the account other: POST " + iam + ": malformed answer: the body is not a JSON object",
			want: []string{askIAM},
		},
		{
			name: "keys that may not ask", source: Static(Credentials{AccessKey: "STRANGER", SecretKey: "fake-stranger"}), role: role,
			err: "credentials of the agency lender of the account other: POST " + iam +
				": status 401: APIGW.0301: Incorrect IAM authentication information: ak (redacted) not exist",
			want: []string{strings.Replace(askIAM, "FAKEACCESSKEY", "STRANGER", 1)},
		},
		{
			name: "no keys to ask with", source: ECSAgency(), role: role, cloud: func(c *fakecloud.Cloud) { c.ServeMetadata(fakecloud.Metadata{WithoutAgency: true}) },
			err:  "there are no credentials; the agency of this ECS host: the metadata holds no keys, so that no agency is set on this host",
			want: []string{askMetadataToken, askMetadata},
		},
	} {
		t.Run(test.name, func(t *testing.T) { synctest.Test(t, test.run) })
	}
}

func TestToken_servesItsOwnRegionOnly(t *testing.T) {
	cloud := newCloud()
	cloud.AcceptToken("fake-token")
	cloud.AddProject("eu-de", "id-of-eu-de")
	c := newClient(cloud.Transport(), func(c *Config) { c.Credentials = Static(Credentials{Token: "fake-token"}) })
	_, err := c.Project(t.Context(), DCS, "eu-de", "")
	diff(t, "error", "looking up the project eu-de: the token belongs to cn-north-4, not to eu-de", err.Error())
	diff(t, "requests", 0, len(cloud.Requests()))
}

// looks reads a job at each of the times, in virtual time, and returns who
// authorized each request of the log, other than those of the source.
func looks(t *testing.T, source Source, role *AssumeRole, prepare func(*fakecloud.Cloud), times ...time.Duration) (signers []string) {
	t.Helper()
	cloud := newCloud()
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	prepare(cloud)
	begin := time.Now()
	p := project(t, newClient(cloud.Transport(), func(c *Config) { c.Credentials, c.AssumeRole = source, role }))
	for _, at := range times {
		time.Sleep(time.Until(begin.Add(at)))
		if _, err := p.DCSJob(t.Context(), jobID); err != nil {
			t.Errorf("after %s: %v", at, err)
		}
	}
	for _, r := range cloud.Requests() {
		signers = append(signers, r.Method+signer(r))
	}
	return signers
}

func TestCredentials_areRenewedBeforeTheyEnd(t *testing.T) {
	for name, prepare := range map[string]func(*fakecloud.Cloud){
		"metadata": func(c *fakecloud.Cloud) {
			c.ServeMetadata(fakecloud.Metadata{Issuer: agency.Issuer, WithoutToken: true})
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := looks(t, ECSAgency(), nil, prepare, 0, 54*time.Minute, 56*time.Minute, 100*time.Minute)
				diff(t, "requests", []string{"PUT", "GET", "GET by FAKEISSUED1", "GET by FAKEISSUED1", "PUT", "GET", "GET by FAKEISSUED2", "GET by FAKEISSUED2"}, got)
			})
		})
	}
}

func TestCredentials_serveToTheirEndWhileTheirSourceIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := looks(t, Static(keys), &AssumeRole{AgencyName: "lender", DomainName: "other", Duration: time.Hour}, func(c *fakecloud.Cloud) {
			c.AddAgency(agency)
			c.Fail(fakecloud.SecurityTokensPath, fakecloud.Fault{}, fakecloud.Fault{Status: 503, Times: 2})
		}, 0, 56*time.Minute, 56*time.Minute+10*time.Second, 57*time.Minute, 58*time.Minute)
		diff(t, "requests", []string{
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1",
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1", // away: the old ones still serve
			"GET by FAKEISSUED1", // and nobody asks again so soon
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1",
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED2",
		}, got)
	})
}

func TestCredentials_areReplacedOnceWhenTheyAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := looks(t, Static(keys), &AssumeRole{AgencyName: "lender", DomainName: "other"}, func(c *fakecloud.Cloud) {
			c.AddAgency(agency)
			time.AfterFunc(time.Minute, func() { c.Revoke(issued1.AccessKey) })
		}, 0, 2*time.Minute, 3*time.Minute)
		diff(t, "requests", []string{
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1",
			"GET by FAKEISSUED1", "POST by FAKEACCESSKEY", "GET by FAKEISSUED2",
			"GET by FAKEISSUED2",
		}, got)
	})
}

// TestCredentials_thatWereRefusedAreNotRepeated because the gateway locks out
// who repeats them.
func TestCredentials_thatWereRefusedAreNotRepeated(t *testing.T) {
	for name, test := range map[string]struct {
		source  Source
		prepare func(*fakecloud.Cloud)
		want    []string
	}{
		"keys":    {Static(keys), func(c *fakecloud.Cloud) { c.Revoke(keys.AccessKey) }, []string{"GET by FAKEACCESSKEY"}},
		"a token": {Static(Credentials{Token: "old"}), func(*fakecloud.Cloud) {}, []string{"GET by a token"}},
		"an issuer that has no others": {ECSAgency(), func(c *fakecloud.Cloud) {
			c.ServeMetadata(fakecloud.Metadata{Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued1}}})
			c.Revoke(issued1.AccessKey)
		}, []string{"PUT", "GET", "GET by FAKEISSUED1", "PUT", "GET"}},
		"others that are refused, too": {ECSAgency(), func(c *fakecloud.Cloud) {
			c.ServeMetadata(fakecloud.Metadata{Issuer: agency.Issuer})
			c.Revoke(issued1.AccessKey)
			c.Revoke(issued2.AccessKey)
		}, []string{"PUT", "GET", "GET by FAKEISSUED1", "PUT", "GET", "GET by FAKEISSUED2"}},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := newCloud()
			test.prepare(cloud)
			_, err := project(t, newClient(cloud.Transport(), retries(5), func(c *Config) { c.Credentials = test.source })).DCSJob(t.Context(), jobID)
			if e := fault(t, err); e.Status != http.StatusUnauthorized {
				t.Errorf("the error is %v, want a 401", err)
			}
			var got []string
			for _, r := range cloud.Requests() {
				got = append(got, r.Method+signer(r))
			}
			diff(t, "requests", test.want, got)
		})
	}
}

func TestCredentials_areFetchedOnceForConcurrentReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
		cloud.AddAgency(agency)
		cloud.Fail(fakecloud.SecurityTokensPath, fakecloud.Fault{Delay: time.Second})
		p := project(t, newClient(cloud.Transport(), func(c *Config) { c.AssumeRole = &AssumeRole{AgencyName: "lender", DomainName: "other"} }))
		cancelled, cancel := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		var reads sync.WaitGroup
		for i := range 20 {
			ctx := t.Context()
			if i == 0 {
				ctx = cancelled // whoever asks first may be gone before the answer
			}
			reads.Go(func() {
				_, err := p.DCSJob(ctx, jobID)
				if ctx.Err() == nil && err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		reads.Wait()
		asked := 0
		for _, r := range cloud.Requests() {
			if r.Path == fakecloud.SecurityTokensPath {
				asked++
			}
		}
		diff(t, "requests to IAM, one of them cancelled", 2, asked)
	})
}

// write writes a file and returns its path.
func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
