// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// read is a read of a job with the credentials of a provider.
type read struct {
	name     string
	cloud    func(*fakecloud.Cloud)
	provider func(*transport.Network) Provider
	want     []string // the requests
	err      string
}

func (r read) run(t *testing.T) {
	t.Helper()
	cloud := newCloud()
	if r.cloud != nil {
		r.cloud(cloud)
	}
	network := networkOf(cloud.Transport())
	err := readJob(t, newClient(network, r.provider(network)), region)
	diff(t, "error", r.err, textOf(err))
	diff(t, "requests", r.want, requests(cloud))
}

const (
	metadataTokenRequest = "PUT 169.254.169.254" + fakecloud.MetadataTokenPath
	metadataRequest      = "GET 169.254.169.254" + fakecloud.SecurityKeyPath
	podRequest           = "POST 169.254.0.1" + fakecloud.PodIdentityPath
	iamRequest           = "POST iam.cn-north-4.myhuaweicloud.com" + fakecloud.SecurityTokensPath + " by FAKEACCESSKEY"
	stsRequest           = "POST sts.cn-north-4.myhuaweicloud.com" + fakecloud.AssumeAgencyPath + " by FAKEACCESSKEY"
	jobRequest           = "GET dcs.cn-north-4.myhuaweicloud.com" + jobPath + " by "
)

// fixed is a provider that needs no network.
func fixed(p Provider) func(*transport.Network) Provider {
	return func(*transport.Network) Provider { return p }
}

func ecs(n *transport.Network) Provider { return ECSMetadata{Network: n} }

func pod(tokenFile string) func(*transport.Network) Provider {
	return func(n *transport.Network) Provider {
		return PodIdentity{URI: podURI, TokenFile: tokenFile, Network: n}
	}
}

func assume(base Provider, role AssumeRole) func(*transport.Network) Provider {
	return func(n *transport.Network) Provider { return agency(n, base, role) }
}

// chained is a chain of a file, an ECS host, and a pod.
func chained(file, tokenFile string) func(*transport.Network) Provider {
	return func(n *transport.Network) Provider {
		return Chain(SDKFile{Path: file}, ECSMetadata{Network: n}, PodIdentity{URI: podURI, TokenFile: tokenFile, Network: n})
	}
}

func onECS(c *fakecloud.Cloud) { c.ServeMetadata(fakecloud.Metadata{Issuer: lender.Issuer}) }

func onECSWithoutAgency(c *fakecloud.Cloud) {
	c.ServeMetadata(fakecloud.Metadata{WithoutAgency: true})
}

func inPod(c *fakecloud.Cloud) { c.ServePodIdentity("pod-token", lender.Issuer) }

func withAgency(c *fakecloud.Cloud) { c.AddAgency(lender) }

func TestProviders(t *testing.T) {
	file := write(t, "[basic]\nak = FAKEACCESSKEY\nsk = fake-secret-key\nproject_id = elsewhere\n")
	temporary := write(t, "[global]\nak = x\n[basic]\nak=FAKEISSUED1\nsk=fake-issued-secret-1\nsecurity_token=fake-issued-token-1\n")
	absent := filepath.Join(t.TempDir(), "credentials")
	podToken := write(t, "pod-token\n")
	withToken := func(c *fakecloud.Cloud) { withAgency(c); c.AcceptToken("fake-token") }
	bearer := Static(Credentials{Token: "fake-token"})
	byIssued := jobRequest + "FAKEISSUED1"
	for _, test := range []read{
		{name: "access keys", provider: fixed(Static(keys)), want: []string{jobRequest + "FAKEACCESSKEY"}},
		{name: "token", provider: fixed(bearer), cloud: withToken, want: []string{jobRequest + "a token"}},
		{name: "SDK file", provider: fixed(SDKFile{Path: file}), want: []string{jobRequest + "FAKEACCESSKEY"}},
		{name: "SDK file with temporary keys", provider: fixed(SDKFile{Path: temporary}), cloud: func(c *fakecloud.Cloud) { c.Accept(issued1) }, want: []string{byIssued}},
		{name: "ECS", provider: ecs, cloud: onECS, want: []string{metadataTokenRequest, metadataRequest, byIssued}},
		{
			name: "ECS without a metadata token", provider: ecs,
			cloud: func(c *fakecloud.Cloud) {
				c.ServeMetadata(fakecloud.Metadata{Issuer: lender.Issuer, WithoutToken: true})
			},
			want: []string{metadataTokenRequest, metadataRequest, byIssued},
		},
		{
			name: "ECS whose metadata token does not arrive", provider: ecs, want: []string{metadataTokenRequest, metadataRequest, byIssued},
			cloud: func(c *fakecloud.Cloud) {
				c.ServeMetadata(fakecloud.Metadata{Issuer: lender.Issuer, WithoutToken: true})
				c.Fail(fakecloud.MetadataTokenPath, fakecloud.Fault{Kind: fakecloud.Reset, Times: -1})
			},
		},
		{name: "pod", provider: pod(podToken), cloud: inPod, want: []string{podRequest, byIssued}},
		{name: "agency through IAM", provider: assume(Static(keys), throughIAM), cloud: withAgency, want: []string{iamRequest, byIssued}},
		{
			name: "agency through STS", provider: assume(Static(keys), AssumeRole{AgencyName: "lender", DomainID: "f0f0", Duration: time.Hour}), cloud: withAgency,
			want: []string{stsRequest, byIssued},
		},
		{
			name: "agency with a token", provider: assume(bearer, throughIAM), cloud: withToken,
			want: []string{strings.Replace(iamRequest, "FAKEACCESSKEY", "a token", 1), byIssued},
		},
		{name: "first of a chain", provider: chained(file, podToken), cloud: onECS, want: []string{jobRequest + "FAKEACCESSKEY"}},
		{name: "second of a chain", provider: chained(absent, podToken), cloud: onECS, want: []string{metadataTokenRequest, metadataRequest, byIssued}},
		{name: "last of a chain", provider: chained(absent, podToken), cloud: inPod, want: []string{metadataTokenRequest, metadataRequest, podRequest, byIssued}},
	} {
		t.Run(test.name, test.run)
	}
}

func TestProviders_errors(t *testing.T) {
	podToken := write(t, "pod-token")
	absent := filepath.Join(t.TempDir(), "credentials")
	noINI, noSection := write(t, "ak = \x00\n[basic\n"), write(t, "[global]\nak=a\nsk=b\n")
	half, halfOIDC := write(t, "[basic]\nak=a\n"), write(t, "[basic]\nidp_id=a\n")
	both, broken := write(t, "[basic]\nak=a\nsk=s\nidp_id=a\nid_token_file=/b\n"), write(t, "[basic]\nak=a\nsk=\"\"\"s\nfake\"\"\"\n")
	sdk := func(path, problem string) string {
		return "credentials of the SDK's credentials file " + path + ": " + problem
	}
	const (
		metadata = "credentials of the agency of this ECS host: GET http://169.254.169.254" + fakecloud.SecurityKeyPath + ": "
		iam      = "credentials of the agency lender of the account other: POST https://iam.cn-north-4.myhuaweicloud.com" + fakecloud.SecurityTokensPath + ": "
		sts      = "credentials of the agency lender of the account f0f0: POST https://sts.cn-north-4.myhuaweicloud.com" + fakecloud.AssumeAgencyPath + ": "
		noAgency = "no credentials; the agency of this ECS host: the metadata at 169.254.169.254 returned HTTP status 401 instead of keys: this is not an ECS host, or no agency is set on it"
	)
	responds := func(path string, status int, body string) func(*fakecloud.Cloud) {
		return func(c *fakecloud.Cloud) {
			onECS(c)
			c.Fail(path, fakecloud.Fault{Status: status, Body: body, Times: -1})
		}
	}
	ecsRequests := []string{metadataTokenRequest, metadataRequest}
	for _, test := range []read{
		{name: "none", provider: fixed(Static(Credentials{})), err: "no credentials"},
		{name: "no secret key", provider: fixed(Static(Credentials{AccessKey: "a"})), err: "no credentials"},
		{name: "no access key", provider: fixed(Static(Credentials{SecretKey: "s"})), err: "no credentials"},
		{name: "only a security token", provider: fixed(Static(Credentials{SecurityToken: "o"})), err: "no credentials"},
		{name: "SDK file that is not INI", provider: fixed(SDKFile{Path: noINI}), err: sdk(noINI, "it is not an INI file")},
		{name: "SDK file without the section", provider: fixed(SDKFile{Path: noSection}), err: sdk(noSection, "it has no section [basic]")},
		{name: "SDK file with half a key pair", provider: fixed(SDKFile{Path: half}), err: sdk(half, "its section [basic] needs both ak and sk")},
		{name: "SDK file with half an identity provider", provider: fixed(SDKFile{Path: halfOIDC}), err: sdk(halfOIDC, "its section [basic] needs both idp_id and id_token_file")},
		{name: "SDK file with keys and an identity provider", provider: fixed(SDKFile{Path: both}), err: sdk(both, "its section [basic] has both access keys and an identity provider; remove one of them")},
		{name: "SDK file with a line break in a key", provider: fixed(SDKFile{Path: broken}), err: sdk(broken, "sk is invalid: it contains a line break, such as the one at the end of a file")},
		{name: "an invalid file ends a chain", provider: chained(half, podToken), cloud: onECS, err: sdk(half, "its section [basic] needs both ak and sk")},
		{
			name: "chain without any credentials", provider: func(n *transport.Network) Provider {
				return Chain(SDKFile{Path: absent}, ECSMetadata{Network: n}, PodIdentity{TokenFile: podToken})
			},
			cloud: onECSWithoutAgency,
			err: "no credentials; the SDK's credentials file " + absent + ": the file does not exist; " + strings.TrimPrefix(noAgency, "no credentials; ") +
				"; the identity of this CCE pod: HC_CONTAINER_CREDENTIALS_FULL_URI is not set",
			want: ecsRequests,
		},
		{
			name: "not an ECS host", provider: ecs, cloud: func(c *fakecloud.Cloud) {
				c.Fail(fakecloud.MetadataTokenPath, fakecloud.Fault{Kind: fakecloud.Hang})
				c.Fail(fakecloud.SecurityKeyPath, fakecloud.Fault{Kind: fakecloud.Hang})
			},
			err:  "no credentials; the agency of this ECS host: no response from the metadata at 169.254.169.254: no complete response within 3s",
			want: ecsRequests,
		},
		{name: "ECS with a transient error", provider: ecs, cloud: responds(fakecloud.SecurityKeyPath, 503, ""), err: metadata + "status 503", want: ecsRequests},
		{
			name: "ECS with HTML", provider: ecs, cloud: responds(fakecloud.SecurityKeyPath, 200, "<html>fake-issued-secret-1"),
			err: metadata + "malformed response: the body is not a JSON object", want: ecsRequests,
		},
		{name: "pod without a token", provider: pod(absent), err: "credentials of the identity of this CCE pod: the file " + absent + ", which HC_CONTAINER_AUTHORIZATION_TOKEN_FILE names, cannot be used: open " + absent + ": no such file or directory"},
		{
			name: "pod whose token has a line break", provider: pod(noINI),
			err: "credentials of the identity of this CCE pod: the file " + noINI + ", which HC_CONTAINER_AUTHORIZATION_TOKEN_FILE names, cannot be used: it contains a line break, such as the one at the end of a file",
		},
		{
			name: "pod with a wrong token", provider: pod(podToken), cloud: func(c *fakecloud.Cloud) { c.ServePodIdentity("other", lender.Issuer) },
			err: "credentials of the identity of this CCE pod: POST " + podURI + ": status 401", want: []string{podRequest},
		},
		{name: "agency unknown to IAM", provider: assume(Static(keys), throughIAM), err: iam + "status 404: 404: Could not find agency: lender.", want: []string{iamRequest}},
		{
			name: "agency unknown to STS", provider: assume(Static(keys), AssumeRole{AgencyName: "lender", DomainName: "x", DomainID: "f0f0"}),
			err: sts + "status 403: STS5.1106: the agency 'iam::f0f0:agency:lender' cannot be found", want: []string{stsRequest},
		},
		{
			name: "agency without keys", provider: assume(Static(keys), throughIAM), cloud: responds(fakecloud.SecurityTokensPath, 201, `{"credential":{"access":"a"}}`),
			err: iam + "malformed response: it contains no access key and secret key", want: []string{iamRequest},
		},
		{
			name: "agency with another body", provider: assume(Static(keys), throughIAM), cloud: responds(fakecloud.SecurityTokensPath, 201, `fake-issued-secret-1`),
			err: iam + "malformed response: the body is not a JSON object", want: []string{iamRequest},
		},
		{
			name: "agency with rejected keys", provider: assume(Static(Credentials{AccessKey: "STRANGER", SecretKey: "fake-stranger"}), throughIAM),
			err:  iam + "status 401: APIGW.0301: Incorrect IAM authentication information: ak (redacted) not exist",
			want: []string{strings.Replace(iamRequest, "FAKEACCESSKEY", "STRANGER", 1)},
		},
		{
			name: "agency without base credentials", cloud: onECSWithoutAgency, err: noAgency, want: ecsRequests,
			provider: func(n *transport.Network) Provider { return agency(n, ECSMetadata{Network: n}, throughIAM) },
		},
		{
			name: "agency with unusable base credentials", err: sdk(half, "its section [basic] needs both ak and sk"),
			provider: assume(SDKFile{Path: half}, throughIAM),
		},
	} {
		t.Run(test.name, func(t *testing.T) { synctest.Test(t, test.run) })
	}
}

// TestAgency_asksInTheOwnRegion, whatever region is read, unless there is none.
func TestAgency_asksInTheOwnRegion(t *testing.T) {
	for own, want := range map[string]string{region: "iam.cn-north-4.myhuaweicloud.com", "": "iam.eu-de.myhuaweicloud.com"} {
		cloud := newCloud()
		withAgency(cloud)
		network := networkOf(cloud.Transport())
		p := Agency{AssumeRole: throughIAM, OwnRegion: own, Base: newClient(network, Static(keys))}
		diff(t, "error", nil, readJob(t, newClient(network, p), "eu-de"))
		diff(t, "host of IAM", want, cloud.Requests()[0].Host)
	}
}
