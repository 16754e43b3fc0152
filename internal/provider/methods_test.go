// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// method is a way to authenticate, to a cloud that accepts nothing else.
type method struct {
	name      string
	block     args
	variables variables
	cloud     func(*fakecloud.Cloud)
	want      []string // the requests of a read: method, host, path, and what authorized it
	issuer    string   // the path of the issuer of the keys, "" for none
	secrets   []string // of the configuration and of the issuer
}

// start sets the environment variables, and returns the cloud, which has a job,
// and the provider block.
func (m method) start(t *testing.T) (*fakecloud.Cloud, args) {
	t.Helper()
	for name, value := range m.variables {
		t.Setenv(name, value)
	}
	cloud := fakecloud.New()
	cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	if m.cloud != nil {
		m.cloud(cloud)
	}
	return cloud, args{"region": ownRegion, "project_id": ownProject, "max_retries": 0}.With(m.block)
}

const (
	iamRequest = "POST iam.cn-north-4.myhuaweicloud.com" + fakecloud.SecurityTokensPath
	stsRequest = "POST sts.cn-north-4.myhuaweicloud.com" + fakecloud.AssumeAgencyPath
)

// ecsRequests are the requests to the metadata of an ECS host.
var ecsRequests = []string{"PUT 169.254.169.254" + fakecloud.MetadataTokenPath, "GET 169.254.169.254" + fakecloud.SecurityKeyPath}

// jobRequest is the request of the job, authorized by an access key.
func jobRequest(key string) string {
	return "GET dcs.cn-north-4.myhuaweicloud.com" + jobPath + " by " + key
}

// accepts makes a cloud accept keys.
func accepts(k fakecloud.Keys) func(*fakecloud.Cloud) {
	return func(c *fakecloud.Cloud) { c.Accept(k) }
}

func acceptsToken(c *fakecloud.Cloud) { c.AcceptToken(token) }

// hasAgency adds an agency that the permanent keys may assume.
func hasAgency(c *fakecloud.Cloud) {
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

// methods returns all ways to authenticate.
func methods(t *testing.T) []method {
	t.Helper()
	all := []method{
		{
			name: "access keys in the block", cloud: accepts(keys), secrets: secretsOf(keys), want: []string{jobRequest(keys.AccessKey)},
			block: permanentKeys,
		},
		{
			name: "temporary keys in the block", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			block: args{"access_key": temporary.AccessKey, "secret_key": temporary.SecretKey, "security_token": temporary.SecurityToken},
		},
		{
			name: "token in the block", cloud: acceptsToken, secrets: []string{token}, want: []string{jobRequest("a token")},
			block: args{"token": token},
		},
		{
			name: "token in the environment", cloud: acceptsToken, secrets: []string{token}, want: []string{jobRequest("a token")},
			variables: variables{"HW_AUTH_TOKEN": token},
		},
		{
			name: "older token in the environment", cloud: acceptsToken, secrets: []string{token}, want: []string{jobRequest("a token")},
			variables: variables{"OS_AUTH_TOKEN": token},
		},
		{
			name: "SDK file", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			variables: variables{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": write(t, "[basic]\nak = "+temporary.AccessKey+"\nsk = "+temporary.SecretKey+"\nsecurity_token = "+temporary.SecurityToken+"\n")},
		},
		{
			name: "ECS", cloud: onECS, secrets: secretsOf(issued), issuer: fakecloud.SecurityKeyPath,
			want: []string{ecsRequests[0], ecsRequests[1], jobRequest(issued.AccessKey)},
		},
		{
			name: "CCE pod", cloud: inPod, secrets: append(secretsOf(issued), podToken), issuer: fakecloud.PodIdentityPath,
			want: []string{ecsRequests[0], ecsRequests[1], "POST 169.254.0.1" + fakecloud.PodIdentityPath, jobRequest(issued.AccessKey)},
			variables: variables{
				"HC_CONTAINER_CREDENTIALS_FULL_URI":     "http://169.254.0.1" + fakecloud.PodIdentityPath,
				"HC_CONTAINER_AUTHORIZATION_TOKEN_FILE": write(t, podToken+"\n"),
			},
		},
		{
			name: "agency through IAM", cloud: hasAgency, secrets: secretsOf(keys, issued), issuer: fakecloud.SecurityTokensPath,
			want:  []string{iamRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			block: permanentKeys.With(args{"assume_role": []args{{"agency_name": "lender", "domain_name": "other"}}}),
		},
		{
			name: "agency through STS", cloud: hasAgency, secrets: secretsOf(keys, issued), issuer: fakecloud.AssumeAgencyPath,
			want:  []string{stsRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			block: permanentKeys.With(args{"assume_role": []args{{"agency_name": "lender", "domain_id": "f0f0", "duration": 900}}}),
		},
		{
			name: "agency in the environment", cloud: hasAgency, secrets: secretsOf(keys, issued), issuer: fakecloud.SecurityTokensPath,
			want: []string{iamRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			variables: variables{
				"HW_ACCESS_KEY": keys.AccessKey, "HW_SECRET_KEY": keys.SecretKey,
				"HW_ASSUME_ROLE_AGENCY_NAME": "lender", "HW_ASSUME_ROLE_DOMAIN_NAME": "other", "HW_ASSUME_ROLE_DURATION": "900",
			},
		},
		{
			name: "agency, with a token", secrets: append(secretsOf(issued), token), issuer: fakecloud.SecurityTokensPath,
			cloud: func(c *fakecloud.Cloud) { hasAgency(c); c.AcceptToken(token) },
			want:  []string{iamRequest + " by a token", jobRequest(issued.AccessKey)},
			block: args{"token": token, "assume_role": []args{{"agency_name": "lender", "domain_name": "other"}}},
		},
		{
			name: "agency, with the keys of an ECS host", secrets: secretsOf(temporary, issued), issuer: fakecloud.AssumeAgencyPath,
			cloud: func(c *fakecloud.Cloud) {
				hasAgency(c)
				c.ServeMetadata(fakecloud.Metadata{Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{temporary}, Lifetime: time.Hour}})
			},
			want:  []string{ecsRequests[0], ecsRequests[1], stsRequest + " by " + temporary.AccessKey, jobRequest(issued.AccessKey)},
			block: args{"assume_role": []args{{"agency_name": "lender", "domain_id": "f0f0"}}},
		},
	}
	for _, names := range credentials.EnvironmentVariables() {
		k := temporary
		v := variables{names.AccessKey: k.AccessKey, names.SecretKey: k.SecretKey}
		if names.SecurityToken == "" {
			k.SecurityToken = ""
		} else {
			v[names.SecurityToken] = k.SecurityToken
		}
		all = append(all, method{
			name: names.AccessKey, cloud: accepts(k), secrets: secretsOf(k), want: []string{jobRequest(k.AccessKey)}, variables: v,
		})
	}
	return slices.Concat(all, profileMethods(t), oidcMethods(t), chainMethods(t))
}

// profileMethods returns a profile of each mode.
func profileMethods(t *testing.T) []method {
	t.Helper()
	fields := func(k fakecloud.Keys) map[string]any {
		return map[string]any{"accessKeyId": k.AccessKey, "secretAccessKey": k.SecretKey, "securityToken": k.SecurityToken}
	}
	agency := map[string]any{"mode": "agency", "agencyName": "lender", "agencyDomainName": "other"}
	maps.Copy(agency, fields(keys))
	return []method{
		{
			name: "profile", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			block: args{"profile": "default", "shared_config_file": profileFile(t, fields(temporary))},
		},
		{
			name: "profile in the environment", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			variables: variables{"HW_PROFILE": "default", "HW_SHARED_CONFIG_FILE": profileFile(t, fields(temporary))},
		},
		{
			name: "SSO profile", cloud: accepts(temporary), secrets: secretsOf(temporary), want: []string{jobRequest(temporary.AccessKey)},
			block: args{"shared_config_file": profileFile(t, map[string]any{"mode": "SSO", "ssoAuth": map[string]any{"stsToken": fields(temporary)}})},
		},
		{
			name: "token profile", cloud: acceptsToken, secrets: []string{token}, want: []string{jobRequest("a token")},
			block: args{"shared_config_file": profileFile(t, map[string]any{"mode": "token", "xAuthToken": token})},
		},
		{
			name: "agency profile", cloud: hasAgency, secrets: secretsOf(keys, issued), issuer: fakecloud.SecurityTokensPath,
			want:  []string{iamRequest + " by " + keys.AccessKey, jobRequest(issued.AccessKey)},
			block: args{"shared_config_file": profileFile(t, agency)},
		},
		{
			name: "ECS profile", cloud: onECS, secrets: secretsOf(issued), issuer: fakecloud.SecurityKeyPath,
			want:  []string{ecsRequests[0], ecsRequests[1], jobRequest(issued.AccessKey)},
			block: args{"shared_config_file": profileFile(t, map[string]any{"mode": "ecsAgency"})},
		},
	}
}
