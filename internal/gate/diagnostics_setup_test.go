// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"errors"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func TestUnreadable_tellsWhatTheConfigurationLacks(t *testing.T) {
	const given = "Set project_id, in the data source or, for the provider's own region, in the provider block: then nothing is looked up."
	const iamURL = "https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4"
	const tokensURL = "https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens"
	const sought = "This read needs credentials, and there are none. They were looked for in:\n" +
		"  the provider block: access_key and secret_key, token, profile\n" +
		"  the variables HW_ACCESS_KEY and HW_SECRET_KEY, HW_AUTH_TOKEN, HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, CLOUD_SDK_AK and CLOUD_SDK_SK, HW_PROFILE"
	lookup := func(e client.ProjectLookupError) error {
		e.Region, e.Name = "cn-north-4", "cn-north-4"
		return &e
	}
	for _, test := range []struct {
		name string
		err  error
		want []fault
	}{
		{
			"no region", client.ErrNoRegion,
			says("Missing region", "This read needs a region. Set region in the data source or in the provider block, or the variable HW_REGION_NAME."),
		},
		{
			"no credentials",
			&credentials.NoCredentialsError{Checked: []credentials.Finding{{Source: "the agency of an ECS host", Reason: "no answer"}, {Source: "the identity of a pod", Reason: "no variable"}}},
			says("Missing credentials", sought+"\n  the agency of an ECS host: no answer\n  the identity of a pod: no variable"),
		},
		{
			"an agency that is refused",
			&credentials.RetrieveError{Source: "the agency ops of the domain acme", Err: &transport.Error{
				Kind: transport.KindStatus, Method: "POST", URL: tokensURL, Status: 403, Code: "IAM.0011", Message: "Policy does not allow it", RequestID: "6c",
			}},
			says("Unable to get credentials", "No credentials could be had from the agency ops of the domain acme: the service answered with status 403.", grant,
				"Status: 403 Forbidden\nCode: IAM.0011\nMessage: Policy does not allow it\nRequest ID: 6c\nRequest: POST "+tokensURL),
		},
		{
			"an agency that does not answer for a while",
			&credentials.RetrieveError{Source: "the agency ops of the domain acme", Err: &transport.Error{Kind: transport.KindStatus, Method: "POST", URL: tokensURL, Status: 503}},
			says("Unable to get credentials", "No credentials could be had from the agency ops of the domain acme: the service answered with status 503.", later,
				"Status: 503 Service Unavailable\nRequest: POST "+tokensURL),
		},
		{
			"a file that cannot be read", &credentials.RetrieveError{Source: "the file /etc/keys", Err: errors.New("the file cannot be read")},
			says("Unable to get credentials", "No credentials could be had from the file /etc/keys: the file cannot be read."),
		},
		{
			"a token of another region", &credentials.ForeignTokenError{OwnRegion: "cn-north-4", Region: "eu-west-101"},
			says("Token of another region", "A token serves only the region for which it was issued, which is taken to be the provider's, cn-north-4, but region eu-west-101 is to be read. "+
				"Use keys (access_key and secret_key) instead, or a provider of its own (alias) with a token for the other region."),
		},
		{
			"an argument that is not known yet", &client.UnknownArgumentError{Argument: "region"},
			says("Provider argument not known yet", "This read needs the provider argument region, whose value is known only after the apply. "+
				"Set it to a value that is known while planning, or let the data source depend on what it comes from (depends_on), so that it is read during the apply."),
		},
		{
			"an endpoint of another region",
			&transport.ForeignRegionError{Service: transport.DCS, Endpoint: "https://dcs.example.com", OwnRegion: "cn-north-4", Region: "eu-west-101"},
			says("Endpoint of another region", "The endpoint https://dcs.example.com of the service dcs belongs to the provider's region cn-north-4, but region eu-west-101 is to be read. "+
				"Write {region} in the endpoint where the region's name stands, or use a provider of its own (alias) for the other region."),
		},
		{
			"no project", lookup(client.ProjectLookupError{}),
			says("Unable to find the project",
				`IAM lists no project of the name "cn-north-4" in region cn-north-4. The region may be misspelt, or the project may have another name (project_name).`, given),
		},
		{
			"several projects", lookup(client.ProjectLookupError{IDs: []string{"05f2", "0a1b"}}),
			says("Unable to find the project", `IAM lists 2 projects of the name "cn-north-4" in region cn-north-4: 05f2, 0a1b.`, given),
		},
		{
			"a look-up that is forbidden",
			lookup(client.ProjectLookupError{Err: &transport.Error{
				Kind: transport.KindStatus, Method: "GET", URL: iamURL, Status: 403, Code: "IAM.0011", Message: "Policy does not allow it", RequestID: "6b", IAMAction: "iam:projects:listProjects",
			}}),
			says("Unable to find the project", `The id of the project "cn-north-4" in region cn-north-4 could not be looked up in IAM: the service answered with status 403.`,
				"The user or agency lacks the permission for this request: grant it the IAM action iam:projects:listProjects.", given,
				"Status: 403 Forbidden\nCode: IAM.0011\nMessage: Policy does not allow it\nRequest ID: 6b\nRequest: GET "+iamURL),
		},
		{
			"a look-up without an answer",
			lookup(client.ProjectLookupError{Err: &transport.Error{Kind: transport.KindNetwork, Method: "GET", URL: iamURL, Err: errors.New("no such host")}}),
			says("Unable to find the project", `The id of the project "cn-north-4" in region cn-north-4 could not be looked up in IAM: the request failed: no such host.`,
				network, given, "Request: GET "+iamURL),
		},
		{
			"a look-up of nonsense", lookup(client.ProjectLookupError{Err: errors.New(`the id ".." is a path, not an identifier`)}),
			says("Unable to find the project", `The id of the project "cn-north-4" in region cn-north-4 could not be looked up in IAM: the id ".." is a path, not an identifier.`, given),
		},
		{
			"a look-up without credentials", lookup(client.ProjectLookupError{Err: &credentials.NoCredentialsError{}}),
			says("Missing credentials", sought),
		},
		{
			"a look-up whose argument is not known yet", lookup(client.ProjectLookupError{Err: &client.UnknownArgumentError{Argument: "auth_url"}}),
			says("Provider argument not known yet", "This read needs the provider argument auth_url, whose value is known only after the apply. "+
				"Set it to a value that is known while planning, or let the data source depend on what it comes from (depends_on), so that it is read during the apply."),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "diagnostic", test.want, []fault{faultOf(gate.Unreadable("DCS job", "DCS job ff80", test.err))})
		})
	}
}

func TestInvalidArgument_pointsAtTheAttribute(t *testing.T) {
	diff(t, "diagnostic", fault{
		Summary: "Invalid value for timeouts.read",
		Detail:  `timeouts.read: "0s" is too short. Use a duration above zero.`,
		At:      "timeouts.read",
	}, faultOf(gate.InvalidArgument(path.Root("timeouts").AtName("read"), `"0s" is too short`, "Use a duration above zero.")))
	diff(t, "diagnostic", fault{
		Summary: `Invalid value for status_map["DONE"]`,
		Detail:  `status_map["DONE"]: "done" is not a state that a word can have. Use pending, running, succeeded or failed.`,
		At:      `status_map["DONE"]`,
	}, faultOf(gate.InvalidArgument(path.Root("status_map").AtMapKey("DONE"), `"done" is not a state that a word can have`, "Use pending, running, succeeded or failed.")))
}

func TestMissingFailure_tellsWhichNameToAskFor(t *testing.T) {
	diff(t, "diagnostic", fault{
		Summary: "Invalid value for on_missing",
		Detail: `on_missing: "succeeded" cannot be meant for the action RESIZE_FAILURE, which is the record of a failure. ` +
			"Name the action as it is called while it is in progress: the record of its failure is looked up as well.",
		At: "on_missing",
	}, faultOf(gate.MissingFailure("RESIZE_FAILURE")))
}

func TestWhichSnapshot_tellsWhatNamesTheBackup(t *testing.T) {
	diff(t, "diagnostic", fault{
		Summary: "Invalid value for wait_for",
		Detail: `wait_for: a wait for success needs to know which backup is meant, or an earlier success would open the gate. ` +
			"Set uid to the id of the backup, or created_after to a time just before it was started.",
		At: "wait_for",
	}, faultOf(gate.WhichSnapshot(path.Root("wait_for"))))
}
