// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// connect configures a provider that reaches the cloud.
func connect(t *testing.T, cloud *fakecloud.Cloud, block args) (*providertest.Server, []fault) {
	t.Helper()
	return providertest.Connect(t, NewWithTransport("test", cloud.Transport()), block)
}

// requests are the log of a cloud: method, host, path and who authorized them.
func requests(cloud *fakecloud.Cloud) []string {
	var all []string
	for _, r := range cloud.Requests() {
		text := r.Method + " " + r.Host + r.Path
		switch {
		case r.ByToken:
			text += " by a token"
		case r.AccessKey != "":
			text += " by " + r.AccessKey
		}
		all = append(all, text)
	}
	return all
}

// TestAuthentication_worksInEachWay: the cloud has checked each signature.
func TestAuthentication_worksInEachWay(t *testing.T) {
	for _, w := range ways(t) {
		t.Run(w.name, func(t *testing.T) {
			cloud, block := w.start(t)
			s, wrong := connect(t, cloud, block)
			diff(t, "faults of the configuration", []fault(nil), wrong)
			diff(t, "requests while configuring", 0, len(cloud.Requests()))
			for range 2 { // the second read asks nobody for keys
				got := s.Read(t, "dcs_job", args{"job_id": jobID})
				diff(t, "faults", []fault(nil), got.Diagnostics)
				diff(t, "state", "succeeded", got.State["state"])
			}
			diff(t, "requests", append(w.want, w.want[len(w.want)-1]), requests(cloud))
		})
	}
}

// TestConfigure_asksNobody, not even where everything is missing.
func TestConfigure_asksNobody(t *testing.T) {
	cloud := fakecloud.New()
	_, wrong := connect(t, cloud, args{})
	diff(t, "faults", []fault(nil), wrong)
	diff(t, "requests", 0, len(cloud.Requests()))
}

// TestAuthentication_tellsWhereItHasLooked in the order of looking.
func TestAuthentication_tellsWhereItHasLooked(t *testing.T) {
	t.Setenv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/absent/credentials")
	got := readJob(t, fakecloud.New(), args{"region": ownRegion, "project_id": ownProject})
	diff(t, "faults", []fault{{Summary: "Missing credentials", Detail: `This read needs credentials, and there are none. They were looked for in:
  the provider block: access_key and secret_key, token, profile
  the variables HW_ACCESS_KEY and HW_SECRET_KEY, HW_AUTH_TOKEN, HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, CLOUD_SDK_AK and CLOUD_SDK_SK, HW_PROFILE
  the SDK's credentials file /absent/credentials: there is no such file
  the agency of this ECS host: the metadata holds no keys, so that no agency is set on this host
  the identity of this CCE pod: the variable HC_CONTAINER_CREDENTIALS_FULL_URI is not set`}}, got.Diagnostics)
}

// readJob configures a provider and reads the job.
func readJob(t *testing.T, cloud *fakecloud.Cloud, block args) reading {
	t.Helper()
	s, wrong := connect(t, cloud, block)
	if wrong != nil {
		return reading{Diagnostics: wrong}
	}
	return s.Read(t, "dcs_job", args{"job_id": jobID})
}

// TestAuthentication_tellsWhatIsWrong: each way that leads nowhere has an error
// of its own. In virtual time, dates and ids are the same each time.
func TestAuthentication_tellsWhatIsWrong(t *testing.T) {
	const job = "DCS job " + jobID + " could not be read: the service answered with status 401.\n\n"
	const keysRemedy = "Check access_key and secret_key, and security_token if the keys are temporary.\n\n"
	const refused = "Status: 401 Unauthorized\nCode: APIGW.0301\nMessage: Incorrect IAM authentication information: "
	jobEvidence := "\nRequest ID: 00000000000000000000000000000001\nRequest: GET https://dcs.cn-north-4.myhuaweicloud.com" + jobPath
	unreadable := func(detail string) []fault { return []fault{{Summary: "Unable to read DCS job", Detail: detail}} }
	none := func(detail string) []fault { return []fault{{Summary: "Unable to get credentials", Detail: detail}} }
	permanent := args{"access_key": keys.AccessKey, "secret_key": keys.SecretKey}
	role := func(account, of string) args {
		return permanent.With(args{"assume_role": []args{{"agency_name": "lender", account: of}}})
	}
	half, idp := write(t, "[basic]\nak = "+keys.AccessKey+"\n"), write(t, "[basic]\nidp_id = a\nid_token_file = b\n")
	for _, test := range []struct {
		way
		want []fault
	}{
		{way{name: "an unknown key", block: permanent}, unreadable(job + keysRemedy + refused + "ak (redacted) not exist" + jobEvidence)},
		{
			way{name: "another secret key", block: permanent, cloud: accepts(fakecloud.Keys{AccessKey: keys.AccessKey, SecretKey: "another"})},
			unreadable(job + keysRemedy + refused + "verify aksk signature fail, canonicalRequest:GET|" + jobPath + "/||x-project-id:" + ownProject + "|x-sdk-date:20000101T000000Z||" +
				"x-project-id;x-sdk-date|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" + jobEvidence),
		},
		{
			way{name: "no security token", block: args{"access_key": temporary.AccessKey, "secret_key": temporary.SecretKey}, cloud: accepts(temporary)},
			unreadable(job + keysRemedy + refused + "security token of temporary ak (redacted) not found" + jobEvidence),
		},
		{way{name: "an old token", block: args{"token": token}}, unreadable(job + keysRemedy + refused + "decrypt token fail" + jobEvidence)},
		{way{name: "half a pair in the SDK's file", variables: variables{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": half}}, none(
			"No credentials could be had from the SDK's credentials file " + half + ": its section [basic] needs both ak and sk.")},
		{way{name: "an identity provider in the SDK's file", variables: variables{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": idp}}, none(
			"No credentials could be had from the SDK's credentials file " + idp + ": it asks for an identity provider (OIDC), which this provider does not know yet. " +
				"Get temporary keys by other means and set access_key, secret_key and security_token.")},
		{way{name: "an identity provider", variables: variables{"HW_ASSUME_ROLE_IDP_ID": "idp"}}, none(
			"No credentials could be had from the identity provider that HW_ASSUME_ROLE_IDP_ID names: this provider does not exchange an id token (OIDC) yet. " +
				"Get temporary keys before Terraform runs and set access_key, secret_key and security_token.")},
		{way{name: "an agency that IAM does not know", block: role("domain_name", "other"), cloud: accepts(keys)}, none(
			"No credentials could be had from the agency lender of the account other: the service answered with status 404.\n\n" +
				"Check the region and the endpoint. An answer like this says nothing about the task.\n\n" +
				"Status: 404 Not Found\nCode: 404\nMessage: Could not find agency: lender.\nRequest ID: 00000000000000000000000000000001\n" +
				"Request: POST https://iam.cn-north-4.myhuaweicloud.com/v3.0/OS-CREDENTIAL/securitytokens")},
		{way{name: "an agency that STS does not know", block: role("domain_id", "f0f0"), cloud: accepts(keys)}, none(
			"No credentials could be had from the agency lender of the account f0f0: the service answered with status 403.\n\n" +
				"The user or agency lacks the permission for this request: grant it the IAM action sts:agencies:assume.\n\n" +
				"Status: 403 Forbidden\nCode: STS5.1106\nMessage: the agency 'iam::f0f0:agency:lender' cannot be found\nRequest ID: 00000000000000000000000000000001\n" +
				"Request: POST https://sts.cn-north-4.myhuaweicloud.com/v5/agencies/assume")},
		{
			way{
				name: "a pod that the agent does not know", cloud: func(c *fakecloud.Cloud) { c.ServePodIdentity("another", fakecloud.Issuer{}) },
				variables: variables{"HC_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.0.1" + fakecloud.PodIdentityPath, "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE": write(t, podToken)},
			},
			none("No credentials could be had from the identity of this CCE pod: the service answered with status 401.\n\nCheck the credentials, and whether they belong to the project.\n\n" +
				"Status: 401 Unauthorized\nRequest ID: 00000000000000000000000000000003\nRequest: POST http://169.254.0.1/v1/pod-identity/credentials"),
		},
		{
			way{name: "a token for another region", block: args{"token": token, "region": elsewhere}, cloud: acceptsToken},
			[]fault{{Summary: "Token of another region", Detail: "A token serves only the region for which it was issued, which is taken to be the provider's, eu-de, but region cn-north-4 is to be read. " +
				"Use keys (access_key and secret_key) instead, or a provider of its own (alias) with a token for the other region."}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud, block := test.start(t)
			synctest.Test(t, func(t *testing.T) {
				s, wrong := connect(t, cloud, block)
				diff(t, "faults of the configuration", []fault(nil), wrong)
				got := s.Read(t, "dcs_job", args{"job_id": jobID, "region": ownRegion, "project_id": ownProject})
				diff(t, "faults", test.want, got.Diagnostics)
			})
		})
	}
}

// TestUnknownArguments_areToldByTheFirstReadThatNeedsThem, and by no other.
func TestUnknownArguments_areToldByTheFirstReadThatNeedsThem(t *testing.T) {
	unknown := tftypes.UnknownValue
	known := args{"region": ownRegion, "project_id": ownProject, "access_key": keys.AccessKey, "secret_key": keys.SecretKey, "max_retries": 0}
	endpoints := args{"endpoints": args{"dcs": "https://dcs.example.com"}}
	told := map[string]bool{}
	for _, test := range []struct {
		name  string
		block args
		ask   args
		want  string // the argument that the read misses, "" if it does without
	}{
		{"region", args{"region": unknown}, args{}, "region"},
		{"region, named by the read", args{"region": unknown}, args{"region": ownRegion, "project_id": ownProject}, ""},
		{"region, named by the read, its project not", args{"region": unknown}, args{"region": ownRegion}, "region"},
		{"region, named by the read, its endpoint fixed", endpoints.With(args{"region": unknown}), args{"region": ownRegion, "project_id": ownProject}, "region"},
		{"access_key", args{"access_key": unknown}, args{}, "access_key"},
		{"secret_key", args{"secret_key": unknown}, args{}, "secret_key"},
		{"security_token", args{"security_token": unknown}, args{}, "security_token"},
		{"token", args{"token": unknown}, args{}, "token"},
		{"profile", args{"profile": unknown}, args{}, "profile"},
		{"profile, which may name the region", args{"profile": unknown, "region": nil}, args{}, "profile"},
		{"shared_config_file", args{"shared_config_file": unknown}, args{}, "shared_config_file"},
		{"assume_role", args{"assume_role": []args{{"agency_name": unknown, "domain_name": "d"}}}, args{}, "assume_role"},
		{"assume_role, its duration", args{"assume_role": []args{{"agency_name": "a", "domain_name": "d", "duration": unknown}}}, args{}, "assume_role"},
		{"project_id", args{"project_id": unknown}, args{}, "project_id"},
		{"project_id, named by the read", args{"project_id": unknown}, args{"project_id": ownProject}, ""},
		{"project_name", args{"project_name": unknown, "project_id": nil}, args{}, "project_name"},
		{"project_name, not needed", args{"project_name": unknown}, args{}, ""},
		{"cloud", args{"cloud": unknown}, args{}, "cloud"},
		{"cloud, not needed", endpoints.With(args{"cloud": unknown}), args{}, ""},
		{"auth_url", args{"auth_url": unknown, "project_id": nil}, args{}, "auth_url"},
		{"auth_url, not needed", args{"auth_url": unknown}, args{}, ""},
		{"endpoints", args{"endpoints": unknown}, args{}, "endpoints"},
		{"endpoints, one of them", args{"endpoints": args{"dws": unknown}}, args{}, "endpoints"},
		{"insecure", args{"insecure": unknown}, args{}, "insecure"},
		{"max_retries", args{"max_retries": unknown}, args{}, "max_retries"},
	} {
		told[test.want] = true
		t.Run(test.name, func(t *testing.T) {
			cloud := fakecloud.New(keys)
			cloud.Serve(jobPath, fakecloud.Response{Body: fakecloud.ExampleDCSJob})
			s, wrong := connect(t, cloud, known.With(test.block))
			diff(t, "faults of the configuration", []fault(nil), wrong)
			got := s.Read(t, "dcs_job", args{"job_id": jobID}.With(test.ask))
			if test.want == "" {
				diff(t, "faults", []fault(nil), got.Diagnostics)
				return
			}
			diff(t, "faults", []fault{{Summary: "Provider argument not known yet", Detail: "This read needs the provider argument " + test.want + ", whose value is known only after the apply. " +
				"Set it to a value that is known while planning, or let the data source depend on what it comes from (depends_on), so that it is read during the apply."}}, got.Diagnostics)
			diff(t, "requests", 0, len(cloud.Requests()))
		})
	}
	for _, name := range argumentNames() {
		if !told[name] {
			t.Errorf("%s is not tried", name)
		}
	}
}
