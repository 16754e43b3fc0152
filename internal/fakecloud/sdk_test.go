// SPDX-License-Identifier: MPL-2.0

package fakecloud_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	cce "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/cce/v3"
	ccemodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/cce/v3/model"
	dcs "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2"
	dcsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dcs/v2/model"
	dws "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dws/v2"
	dwsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dws/v2/model"
	iam "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3"
	iammodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3/model"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// The official SDK's service clients are real peers: what they accept and what
// they sign is what the real cloud sends and checks.

func permanent() fakecloud.Keys { return fakecloud.Keys{AccessKey: "AK", SecretKey: "SK"} }

func temporary() fakecloud.Keys {
	return fakecloud.Keys{AccessKey: "TEMP", SecretKey: "SK", SecurityToken: "temporary"}
}

// connect makes an SDK client for a handler on a real socket.
func connect(
	t *testing.T, builder *core.HcHttpClientBuilder, handler http.Handler, credentials auth.ICredential,
) *core.HcHttpClient {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client, err := builder.WithEndpoint(server.URL).WithCredential(credentials).SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func inProject(t *testing.T, keys fakecloud.Keys) auth.ICredential {
	t.Helper()
	credentials, err := basic.NewCredentialsBuilder().WithAk(keys.AccessKey).WithSk(keys.SecretKey).
		WithSecurityToken(keys.SecurityToken).WithProjectId(project).SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	return credentials
}

func dcsClient(t *testing.T, handler http.Handler, keys fakecloud.Keys) *dcs.DcsClient {
	t.Helper()
	return dcs.NewDcsClient(connect(t, dcs.DcsClientBuilder(), handler, inProject(t, keys)))
}

func TestSDK_readsAJobWithEveryKindOfKeys(t *testing.T) {
	for name, keys := range map[string]fakecloud.Keys{"permanent": permanent(), "temporary": temporary()} {
		t.Run(name, func(t *testing.T) {
			cloud := fakecloud.New(permanent(), temporary())
			const job = "ff8080818822bbf70188235afc24141a"
			cloud.Serve(fakecloud.JobPath(project, job), fakecloud.Response{Body: fakecloud.ExampleDCSJob})

			got, err := dcsClient(t, cloud, keys).ShowJobInfo(&dcsmodel.ShowJobInfoRequest{JobId: job})
			if err != nil {
				t.Fatal(err)
			}
			diff(t, "job", []string{job, "SUCCESS", "1684191548248"}, []string{*got.JobId, got.Status.Value(), *got.EndTime})
		})
	}
}

func TestSDK_readsProgress(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.Serve(fakecloud.ProgressPath(project, instance, "task"), fakecloud.Response{Body: fakecloud.ExampleDCSTaskProgress})

	got, err := dcsClient(t, cloud, permanent()).ShowBackgroundTaskProgress(
		&dcsmodel.ShowBackgroundTaskProgressRequest{InstanceId: instance, TaskId: "task"})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "progress", []int32{30, 100, 2}, []int32{*got.Progress, *got.RemainTime, int32(len(*got.StepDetails))})
}

func TestSDK_readsATaskListWhoseCountIsText(t *testing.T) {
	for count, readable := range map[string]bool{`"4"`: true, "": false} {
		cloud := fakecloud.New(permanent())
		cloud.ServeTasks(project, instance, fakecloud.TaskList{
			Steps:     []fakecloud.TaskListStep{{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}}},
			TaskCount: count,
		})
		offset, limit, start := int32(0), int32(1000), "20200617080000"
		got, err := dcsClient(t, cloud, permanent()).ListBackgroundTask(&dcsmodel.ListBackgroundTaskRequest{
			InstanceId: instance, Offset: &offset, Limit: &limit, StartTime: &start,
		})
		diff(t, "status", []int{http.StatusOK}, statuses(cloud))
		if !readable { // the documented number: the SDK cannot read the documents' own example
			if err == nil || !strings.Contains(err.Error(), "or n, but found 1") {
				t.Errorf("error is %v, want the SDK to stumble over the number", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		diff(t, "list", []string{"4", "EXTEND"}, []string{*got.TaskCount, *(*got.Tasks)[0].Name})
	}
}

func TestSDK_readsADWSAction(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.Serve(fakecloud.ActionPath(project, cluster, "SNAPSHOTTING_FAILED"), fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})

	client := dws.NewDwsClient(connect(t, dws.DwsClientBuilder(), cloud, inProject(t, permanent())))
	got, err := client.ListClusterActions(&dwsmodel.ListClusterActionsRequest{ClusterId: cluster, ActionName: "SNAPSHOTTING_FAILED"})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "action", []string{"FAILED", "cluster_779"}, []string{*got.Status, *got.ClusterName})
}

func TestSDK_readsCCESnapshotTasks(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.Serve(fakecloud.SnapshotTasksPath(project, cluster), fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks})
	cloud.Serve(fakecloud.AutopilotSnapshotTasksPath(project, cluster), fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks})

	client := cce.NewCceClient(connect(t, cce.CceClientBuilder(), cloud, inProject(t, permanent())))
	got, err := client.ListClusterMasterSnapshotTasks(&ccemodel.ListClusterMasterSnapshotTasksRequest{ClusterId: cluster})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "phase", "Running", *(*got.Items)[0].Status.Phase)
	autopilot, err := client.ListAutopilotClusterMasterSnapshotTasks(&ccemodel.ListAutopilotClusterMasterSnapshotTasksRequest{ClusterId: cluster})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "items of Autopilot", *got.Items, *autopilot.Items)
}

func TestSDK_findsAProject(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.AddProject("cn-north-4", project)
	credentials, err := global.NewCredentialsBuilder().WithAk("AK").WithSk("SK").
		WithDomainId("d78cbac186b744899480f25bd022f468").SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	name := "cn-north-4"
	client := iam.NewIamClient(connect(t, iam.IamClientBuilder(), cloud, credentials))
	got, err := client.KeystoneListProjects(&iammodel.KeystoneListProjectsRequest{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "project", []string{name, project}, []string{(*got.Projects)[0].Name, (*got.Projects)[0].Id})
}

func TestSDK_isToldWhyItIsRefused(t *testing.T) {
	cloud := fakecloud.New(permanent(), temporary())
	cloud.Serve(fakecloud.JobPath(project, "job"), fakecloud.Response{Body: fakecloud.ExampleDCSJob})
	tampering := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.RawQuery = "limit=2"
		cloud.ServeHTTP(w, r)
	})
	for name, test := range map[string]struct {
		handler http.Handler
		keys    fakecloud.Keys
		reason  string
	}{
		"wrong secret": {
			cloud,
			fakecloud.Keys{AccessKey: "AK", SecretKey: "KS"},
			"verify aksk signature fail, canonicalRequest:GET|/v2/",
		},
		"unknown key": {cloud, fakecloud.Keys{AccessKey: "KA", SecretKey: "SK"}, "ak KA not exist"},
		"token left out": {
			cloud,
			fakecloud.Keys{AccessKey: "TEMP", SecretKey: "SK"},
			"security token of temporary ak TEMP not found",
		},
		"wrong token": {
			cloud,
			fakecloud.Keys{AccessKey: "TEMP", SecretKey: "SK", SecurityToken: "x"},
			"security token does not belong to ak TEMP",
		},
		"tampered query": {tampering, permanent(), "|limit=2|"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dcsClient(t, test.handler, test.keys).ShowJobInfo(&dcsmodel.ShowJobInfoRequest{JobId: "job"})
			var refusal *sdkerr.ServiceResponseError
			if !errors.As(err, &refusal) {
				t.Fatalf("error is %v, want an answer of the gateway", err)
			}
			diff(t, "refusal", []any{http.StatusUnauthorized, "APIGW.0301", true}, []any{
				refusal.StatusCode, refusal.ErrorCode, strings.Contains(refusal.ErrorMessage, test.reason),
			})
			if len(refusal.RequestId) != 32 {
				t.Errorf("request id is %q, want 32 digits", refusal.RequestId)
			}
		})
	}
}
