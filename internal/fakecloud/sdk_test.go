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

// The service clients of the official SDK are independent peers: they send and
// accept what the real cloud does.

func permanent() fakecloud.Keys { return fakecloud.Keys{AccessKey: "AK", SecretKey: "SK"} }

func temporary() fakecloud.Keys {
	return fakecloud.Keys{AccessKey: "TEMP", SecretKey: "SK", SecurityToken: "temporary"}
}

// connect returns an SDK client for a handler on a real socket.
func connect(t *testing.T, builder *core.HcHttpClientBuilder, handler http.Handler, credentials auth.ICredential) *core.HcHttpClient {
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

func inDomain(t *testing.T, keys fakecloud.Keys) auth.ICredential {
	t.Helper()
	credentials, err := global.NewCredentialsBuilder().WithAk(keys.AccessKey).WithSk(keys.SecretKey).
		WithSecurityToken(keys.SecurityToken).WithDomainId("d78cbac186b744899480f25bd022f468").SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	return credentials
}

// showJob reads a DCS job.
func showJob(t *testing.T, handler http.Handler, keys fakecloud.Keys) (*dcsmodel.ShowJobInfoResponse, error) {
	t.Helper()
	return dcs.NewDcsClient(connect(t, dcs.DcsClientBuilder(), handler, inProject(t, keys))).
		ShowJobInfo(&dcsmodel.ShowJobInfoRequest{JobId: "job"})
}

func TestSDK_readsAJobWithBothKindsOfKeys(t *testing.T) {
	for _, keys := range []fakecloud.Keys{permanent(), temporary()} {
		cloud, _ := jobCloud(fakecloud.ExampleDCSJob)
		cloud.Accept(keys)
		got, err := showJob(t, cloud, keys)
		if err != nil {
			t.Fatal(err)
		}
		diff(t, "job", []string{"SUCCESS", "1684191548248"}, []string{got.Status.Value(), *got.EndTime})
	}
}

func TestSDK_readsDCS(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.Serve(fakecloud.ProgressPath(project, instance, "task"), fakecloud.Response{Body: fakecloud.ExampleDCSTaskProgress})
	client := dcs.NewDcsClient(connect(t, dcs.DcsClientBuilder(), cloud, inProject(t, permanent())))
	progress, err := client.ShowBackgroundTaskProgress(&dcsmodel.ShowBackgroundTaskProgressRequest{InstanceId: instance, TaskId: "task"})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "progress", []int32{30, 100, 2}, []int32{*progress.Progress, *progress.RemainTime, int32(len(*progress.StepDetails))})

	offset, limit, start := int32(0), int32(1000), "20200617080000"
	list := func(count string) (*dcsmodel.ListBackgroundTaskResponse, error) {
		cloud.ServeTasks(project, instance, fakecloud.TaskList{
			Steps: []fakecloud.TaskListStep{{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}}}, TaskCount: count,
		})
		return client.ListBackgroundTask(&dcsmodel.ListBackgroundTaskRequest{InstanceId: instance, Offset: &offset, Limit: &limit, StartTime: &start})
	}
	tasks, err := list(`"4"`)
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "list", []string{"4", "EXTEND"}, []string{*tasks.TaskCount, *(*tasks.Tasks)[0].Name})
	// The SDK cannot read the number in the document's own example.
	if _, err = list(""); err == nil || !strings.Contains(err.Error(), "or n, but found 1") {
		t.Errorf("error is %v, want the SDK to reject a number", err)
	}
	diff(t, "statuses", []int{http.StatusOK, http.StatusOK, http.StatusOK}, statuses(cloud))
}

func TestSDK_readsDWS(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.Serve(fakecloud.ActionPath(project, cluster, "SNAPSHOTTING_FAILED"), fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})
	cloud.Serve(fakecloud.DWSJobPath(project, fakecloud.ExampleDWSJobID), fakecloud.Response{Body: fakecloud.ExampleDWSJob})
	// The SDK reads no number in a field that is documented as a string, and no
	// more than 32 bits.
	snapshot := strings.NewReplacer("1772604669000", `""`, ": 100,", `: "100",`, "20260304,", `"",`, ": 0,", `: "",`, "5368709120", "1").
		Replace(fakecloud.ExampleDWSSnapshot)
	cloud.Serve(fakecloud.DWSSnapshotPath(project, fakecloud.ExampleDWSSnapshotID), fakecloud.Response{Body: snapshot})
	client := dws.NewDwsClient(connect(t, dws.DwsClientBuilder(), cloud, inProject(t, permanent())))
	action, errAction := client.ListClusterActions(&dwsmodel.ListClusterActionsRequest{ClusterId: cluster, ActionName: "SNAPSHOTTING_FAILED"})
	job, errJob := client.ListJobDetails(&dwsmodel.ListJobDetailsRequest{JobId: fakecloud.ExampleDWSJobID})
	detail, errSnapshot := client.ListSnapshotDetails(&dwsmodel.ListSnapshotDetailsRequest{SnapshotId: fakecloud.ExampleDWSSnapshotID})
	if err := errors.Join(errAction, errJob, errSnapshot); err != nil {
		t.Fatal(err)
	}
	diff(t, "action", []string{"FAILED", "cluster_779"}, []string{*action.Status, *action.ClusterName})
	diff(t, "job", []string{fakecloud.ExampleDWSJobID, "FAIL", "9%"}, []string{*job.JobId, *job.Status, *job.Progress})
	diff(t, "snapshot", []string{fakecloud.ExampleDWSSnapshotID, "AVAILABLE", "public"},
		[]string{detail.Snapshot.Id, detail.Snapshot.Status, (*detail.Snapshot.FineGrainedBackupDetail.SchemaList)[0]})
}

func TestSDK_readsCCE(t *testing.T) {
	cloud := fakecloud.New(permanent())
	const job, upgrade = fakecloud.ExampleCCEJobID, fakecloud.ExampleCCEUpgradeTaskID
	for path, body := range map[string]string{
		fakecloud.SnapshotTasksPath(project, cluster):                    fakecloud.ExampleCCESnapshotTasks,
		fakecloud.AutopilotSnapshotTasksPath(project, cluster):           fakecloud.ExampleCCESnapshotTasks,
		fakecloud.CCEJobPath(project, job):                               fakecloud.ExampleCCEJob,
		fakecloud.CCEAutopilotJobPath(project, job):                      fakecloud.ExampleCCEJob,
		fakecloud.CCEUpgradeTaskPath(project, cluster, upgrade):          fakecloud.ExampleCCEUpgradeTask,
		fakecloud.CCEAutopilotUpgradeTaskPath(project, cluster, upgrade): fakecloud.ExampleCCEUpgradeTask,
	} {
		cloud.Serve(path, fakecloud.Response{Body: body})
	}
	client := cce.NewCceClient(connect(t, cce.CceClientBuilder(), cloud, inProject(t, permanent())))
	list, errList := client.ListClusterMasterSnapshotTasks(&ccemodel.ListClusterMasterSnapshotTasksRequest{ClusterId: cluster})
	list2, errList2 := client.ListAutopilotClusterMasterSnapshotTasks(&ccemodel.ListAutopilotClusterMasterSnapshotTasksRequest{ClusterId: cluster})
	job1, errJob := client.ShowJob(&ccemodel.ShowJobRequest{JobId: job})
	job2, errJob2 := client.ShowAutopilotJob(&ccemodel.ShowAutopilotJobRequest{JobId: job})
	task, errTask := client.ShowUpgradeClusterTask(&ccemodel.ShowUpgradeClusterTaskRequest{ClusterId: cluster, TaskId: upgrade})
	task2, errTask2 := client.ShowAutopilotUpgradeClusterTask(&ccemodel.ShowAutopilotUpgradeClusterTaskRequest{ClusterId: cluster, TaskId: upgrade})
	if err := errors.Join(errList, errList2, errJob, errJob2, errTask, errTask2); err != nil {
		t.Fatal(err)
	}
	diff(t, "list", []string{"Running", "Running"}, []string{*(*list.Items)[0].Status.Phase, *(*list2.Items)[0].Status.Phase})
	diff(t, "job", []string{job, "Failed", "Failed"}, []string{*job1.Metadata.Uid, *job1.Status.Phase, *job2.Status.Phase})
	innermost := (*(*job1.Spec.SubJobs)[0].Spec.SubJobs)[1]
	diff(t, "innermost sub-job", "node install timed out", *innermost.Status.Reason)
	diff(t, "upgrade task", []string{upgrade, "42.00", "42.00"}, []string{*task.Metadata.Uid, *task.Status.Progress, *task2.Status.Progress})
}

func TestSDK_findsAProject(t *testing.T) {
	cloud := fakecloud.New(permanent())
	cloud.AddProject("cn-north-4", project)
	name := "cn-north-4"
	client := iam.NewIamClient(connect(t, iam.IamClientBuilder(), cloud, inDomain(t, permanent())))
	got, err := client.KeystoneListProjects(&iammodel.KeystoneListProjectsRequest{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "project", []string{name, project}, []string{(*got.Projects)[0].Name, (*got.Projects)[0].Id})
}

func TestSDK_readsTheErrorsOfTheGateway(t *testing.T) {
	cloud, _ := jobCloud(fakecloud.ExampleDCSJob)
	cloud.Accept(permanent())
	changing := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.RawQuery = "limit=2"
		cloud.ServeHTTP(w, r)
	})
	for name, test := range map[string]struct {
		handler http.Handler
		keys    fakecloud.Keys
		reason  string
	}{
		"wrong secret":  {cloud, fakecloud.Keys{AccessKey: "AK", SecretKey: "KS"}, "verify aksk signature fail, canonicalRequest:GET|/v2/"},
		"changed query": {changing, permanent(), "|limit=2|"},
	} {
		_, err := showJob(t, test.handler, test.keys)
		var response *sdkerr.ServiceResponseError
		if !errors.As(err, &response) {
			t.Fatalf("%s: error is %v, want a response of the gateway", name, err)
		}
		diff(t, name, []any{http.StatusUnauthorized, "APIGW.0301", true, 32}, []any{
			response.StatusCode, response.ErrorCode, strings.Contains(response.ErrorMessage, test.reason), len(response.RequestId),
		})
	}
}
