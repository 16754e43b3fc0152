// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func configurationOutcomes() []outcome {
	const iamURL = "https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4"
	lookup := func(err error, ids ...string) error {
		return &client.ProjectLookupError{Region: "cn-north-4", Name: "cn-north-4", Err: err, IDs: ids}
	}
	refused := &transport.Error{
		Kind: transport.KindStatus, Method: "GET", URL: iamURL, Status: 403, Code: "IAM.0011", Message: "Policy does not allow it", RequestID: "6b", IAMAction: "iam:projects:listProjects",
	}
	const tokensURL = "https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens"
	denied := &transport.Error{Kind: transport.KindStatus, Method: "POST", URL: tokensURL, Status: 403, Code: "IAM.0011", Message: "Policy does not allow it", RequestID: "6c"}
	away := &transport.Error{Kind: transport.KindStatus, Method: "POST", URL: tokensURL, Status: 503}
	var all []outcome
	for _, c := range []struct {
		name string
		err  error
	}{
		{"no region", client.ErrNoRegion},
		{"no credentials", &credentials.NoCredentialsError{Checked: []credentials.Finding{
			{Source: "the agency of this ECS host", Reason: "no response from the metadata at 169.254.169.254: no complete response within 3s"},
			{Source: "the identity of this CCE pod", Reason: "HC_CONTAINER_CREDENTIALS_FULL_URI is not set"},
		}}},
		{"credentials that a request gets, refused", &credentials.RetrieveError{Source: "the agency ops of the domain acme", Err: denied}},
		{"credentials that a request gets, transient", &credentials.RetrieveError{Source: "the agency ops of the domain acme", Err: away}},
		{"credentials of a profile on a host without an agency", &credentials.RetrieveError{Source: "the profile ecs in the file /config.json", Err: &credentials.NoCredentialsError{
			Checked: []credentials.Finding{{Source: "the agency of this ECS host", Reason: "the metadata at 169.254.169.254 returned HTTP status 404 instead of keys: this is not an ECS host, or no agency is set on it"}},
		}}},
		{"credentials of a file", &credentials.RetrieveError{Source: "the file /etc/keys", Err: errors.New("the file cannot be read")}},
		{"token for another region", &credentials.ForeignTokenError{OwnRegion: "cn-north-4", Region: "eu-west-101"}},
		{"argument known only after apply", &client.UnknownArgumentError{Argument: "region"}},
		{"endpoint for another region", &transport.ForeignRegionError{Service: transport.DCS, Endpoint: "https://dcs.example.com", OwnRegion: "cn-north-4", Region: "eu-west-101"}},
		{"no project", lookup(nil)},
		{"several projects", lookup(nil, "05f2", "0a1b")},
		{"project lookup forbidden", lookup(refused)},
		{"project lookup without a response", lookup(&transport.Error{Kind: transport.KindNetwork, Method: "GET", URL: iamURL, Err: errors.New("connection refused")})},
		{"project lookup with an invalid ID", lookup(errors.New(`the ID ".." is not an identifier`))},
		{"project lookup without credentials", lookup(&credentials.NoCredentialsError{})},
	} {
		all = append(all, outcome{"Configuration: " + c.name, UnableToRead("DCS job", "DCS job ff80", c.err)})
	}
	return all
}

func argumentOutcomes() []outcome {
	return []outcome{
		{"Argument: value", InvalidArgument(path.Root("timeouts").AtName("read"), `"0s" is not above zero`, "Use a duration above zero.")},
		{"Argument: value of a map", InvalidArgument(path.Root("status_map").AtMapKey("DONE"), `"done" is not a task state that a status can have`, "Use pending, running, succeeded, or failed.")},
		{"Argument: failure record", FailureRecordMissing("RESIZE_FAILURE")},
		{"Argument: which task, data source", WhichTask(gate.DataSource, "task_id", "start_time")},
		{"Argument: which task, action", WhichTask(gate.Action, "uid", "created_after")},
		{"Argument: which task, resource", WhichTask(gate.Resource, "task_id", "start_time")},
		{"Argument: triggers", MissingTriggers()},
		{"Argument: filter with idle", FilteredIdle("start_time")},
		{"Bug", Bug(errors.New("expected a client, got a string"))},
	}
}
