// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// way is a way to authenticate, on a cloud that accepts nothing else.
type way struct {
	name      string
	block     args
	variables variables
	cloud     func(*fakecloud.Cloud)
	want      []string // the requests of a read: method, host, path and who signed
	issuer    string   // path of what issues the keys, "" where they are not issued
	secrets   []string // of the configuration and of the issuer
}

// start applies the variables of the way and returns its cloud, which has a job,
// and its provider block.
func (w way) start(t *testing.T) (*fakecloud.Cloud, args) {
	t.Helper()
	for name, value := range w.variables {
		t.Setenv(name, value)
	}
	cloud := fakecloud.New()
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	if w.cloud != nil {
		w.cloud(cloud)
	}
	return cloud, args{"region": ownRegion, "project_id": ownProject, "max_retries": 0}.With(w.block)
}

const (
	iamRequest = "POST iam.cn-north-4.myhuaweicloud.com" + fakecloud.SecurityTokensPath
	stsRequest = "POST sts.cn-north-4.myhuaweicloud.com" + fakecloud.AssumeAgencyPath
)

// ecsRequests are how the metadata of an ECS host is asked.
var ecsRequests = []string{"PUT 169.254.169.254" + fakecloud.MetadataTokenPath, "GET 169.254.169.254" + fakecloud.SecurityKeyPath}

// jobRequest is how the job is asked for, by whom.
func jobRequest(who string) string {
	return "GET dcs.cn-north-4.myhuaweicloud.com" + jobPath + " by " + who
}

// accepts is a cloud that knows these keys.
func accepts(k fakecloud.Keys) func(*fakecloud.Cloud) {
	return func(c *fakecloud.Cloud) { c.Accept(k) }
}

func acceptsToken(c *fakecloud.Cloud) { c.AcceptToken(token) }

// lends is a cloud with an agency that the permanent keys may assume.
func lends(c *fakecloud.Cloud) {
	c.Accept(keys)
	c.AddAgency(fakecloud.Agency{
		Name: "lender", DomainName: "other", DomainID: "f0f0",
		Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued}, Lifetime: time.Hour},
	})
}

func onECS(c *fakecloud.Cloud) {
	c.ServeMetadata(fakecloud.Metadata{Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued}, Lifetime: time.Hour}})
}

const podToken = "fake-pod-token"

func inPod(c *fakecloud.Cloud) {
	c.ServePodIdentity(podToken, fakecloud.Issuer{Keys: []fakecloud.Keys{issued}, Lifetime: time.Hour})
}

func secretsOf(all ...fakecloud.Keys) []string {
	var secrets []string
	for _, k := range all {
		for _, secret := range []string{k.AccessKey, k.SecretKey, k.SecurityToken} {
			if secret != "" {
				secrets = append(secrets, secret)
			}
		}
	}
	return secrets
}

// ways are all ways to authenticate.
func ways(t *testing.T) []way {
	t.Helper()
	permanent := args{"access_key": keys.AccessKey, "secret_key": keys.SecretKey}
	all := []way{
		{
			name: "keys in the block", cloud: accepts(keys), secrets: secretsOf(keys), want: []string{jobRequest(keys.AccessKey)},
			block: permanent,
		},
		{
			name: "temporary keys in the block", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			block: args{"access_key": temporary.AccessKey, "secret_key": temporary.SecretKey, "security_token": temporary.SecurityToken},
		},
		{
			name: "a token in the block", cloud: acceptsToken, secrets: []string{token}, want: []string{jobRequest("a token")},
			block: args{"token": token},
		},
		{
			name: "a token in a variable", cloud: acceptsToken, secrets: []string{token}, want: []string{jobRequest("a token")},
			variables: variables{"HW_AUTH_TOKEN": token},
		},
		{
			name: "the SDK's credentials file", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			variables: variables{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": write(t, "[basic]\nak = "+temporary.AccessKey+"\nsk = "+temporary.SecretKey+"\nsecurity_token = "+temporary.SecurityToken+"\n")},
		},
		{
			name: "an ECS host", cloud: onECS, secrets: secretsOf(issued), issuer: fakecloud.SecurityKeyPath,
			want: []string{ecsRequests[0], ecsRequests[1], jobRequest(issued.AccessKey)},
		},
		{
			name: "a CCE pod", cloud: inPod, secrets: append(secretsOf(issued), podToken), issuer: fakecloud.PodIdentityPath,
			want: []string{ecsRequests[0], ecsRequests[1], "POST 169.254.0.1" + fakecloud.PodIdentityPath, jobRequest(issued.AccessKey)},
			variables: variables{
				"HC_CONTAINER_CREDENTIALS_FULL_URI":     "http://169.254.0.1" + fakecloud.PodIdentityPath,
				"HC_CONTAINER_AUTHORIZATION_TOKEN_FILE": write(t, podToken+"\n"),
			},
		},
		{
			name: "an agency through IAM", cloud: lends, secrets: secretsOf(keys, issued), issuer: fakecloud.SecurityTokensPath,
			want:  []string{iamRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			block: permanent.With(args{"assume_role": []args{{"agency_name": "lender", "domain_name": "other"}}}),
		},
		{
			name: "an agency through STS", cloud: lends, secrets: secretsOf(keys, issued), issuer: fakecloud.AssumeAgencyPath,
			want:  []string{stsRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			block: permanent.With(args{"assume_role": []args{{"agency_name": "lender", "domain_id": "f0f0", "duration": 900}}}),
		},
		{
			name: "an agency in variables", cloud: lends, secrets: secretsOf(keys, issued), issuer: fakecloud.SecurityTokensPath,
			want: []string{iamRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			variables: variables{
				"HW_ACCESS_KEY": keys.AccessKey, "HW_SECRET_KEY": keys.SecretKey,
				"HW_ASSUME_ROLE_AGENCY_NAME": "lender", "HW_ASSUME_ROLE_DOMAIN_NAME": "other", "HW_ASSUME_ROLE_DURATION": "900",
			},
		},
		{
			name: "an agency, asked for with a token", secrets: append(secretsOf(issued), token), issuer: fakecloud.SecurityTokensPath,
			cloud: func(c *fakecloud.Cloud) { lends(c); c.AcceptToken(token) },
			want:  []string{iamRequest + " by a token", jobRequest(issued.AccessKey)},
			block: args{"token": token, "assume_role": []args{{"agency_name": "lender", "domain_name": "other"}}},
		},
		{
			name: "an agency, asked for with the keys of an ECS host", secrets: secretsOf(temporary, issued), issuer: fakecloud.AssumeAgencyPath,
			cloud: func(c *fakecloud.Cloud) {
				lends(c)
				c.ServeMetadata(fakecloud.Metadata{Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{temporary}, Lifetime: time.Hour}})
			},
			want:  []string{ecsRequests[0], ecsRequests[1], stsRequest + " by " + temporary.AccessKey, jobRequest(issued.AccessKey)},
			block: args{"assume_role": []args{{"agency_name": "lender", "domain_id": "f0f0"}}},
		},
	}
	for _, names := range keyVariables() {
		k := temporary
		v := variables{names[0]: k.AccessKey, names[1]: k.SecretKey}
		if names[2] == "" {
			k.SecurityToken = ""
		} else {
			v[names[2]] = k.SecurityToken
		}
		all = append(all, way{
			name: "keys in " + names[0], cloud: accepts(k), secrets: secretsOf(k), want: []string{jobRequest(k.AccessKey)}, variables: v,
		})
	}
	return append(all, waysOfProfiles(t)...)
}

// waysOfProfiles are a profile of each mode.
func waysOfProfiles(t *testing.T) []way {
	t.Helper()
	member := func(k fakecloud.Keys) map[string]any {
		return map[string]any{"accessKeyId": k.AccessKey, "secretAccessKey": k.SecretKey, "securityToken": k.SecurityToken}
	}
	agency := map[string]any{"mode": "agency", "agencyName": "lender", "agencyDomainName": "other"}
	maps.Copy(agency, member(keys))
	return []way{
		{
			name: "a profile with keys", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			block: args{"profile": "default", "shared_config_file": profileFile(t, member(temporary))},
		},
		{
			name: "a profile that a variable names", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			variables: variables{"HW_PROFILE": "default", "HW_SHARED_CONFIG_FILE": profileFile(t, member(temporary))},
		},
		{
			name: "a profile of SSO", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			block: args{"shared_config_file": profileFile(t, map[string]any{"mode": "SSO", "ssoAuth": map[string]any{"stsToken": member(temporary)}})},
		},
		{
			name: "a profile with a token", cloud: acceptsToken, secrets: []string{token}, want: []string{jobRequest("a token")},
			block: args{"shared_config_file": profileFile(t, map[string]any{"mode": "token", "xAuthToken": token})},
		},
		{
			name: "a profile with an agency", cloud: lends, secrets: secretsOf(keys, issued), issuer: fakecloud.SecurityTokensPath,
			want:  []string{iamRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			block: args{"shared_config_file": profileFile(t, agency)},
		},
		{
			name: "a profile of an ECS host", cloud: onECS, secrets: secretsOf(issued), issuer: fakecloud.SecurityKeyPath,
			want:  []string{ecsRequests[0], ecsRequests[1], jobRequest(issued.AccessKey)},
			block: args{"shared_config_file": profileFile(t, map[string]any{"mode": "ecsAgency"})},
		},
	}
}
