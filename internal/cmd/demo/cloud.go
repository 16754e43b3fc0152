// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// The IDs in examples/demo/main.tf, and that of a job that fails.
const (
	projectID   = "05f2cff45100d5112f4bc00b794ea08e"
	instanceID  = "5560df16-cebf-4473-95c4-d1b573c16e79"
	taskID      = "8abf6e1e72c12e7c0172c15b508500aa"
	jobID       = "ff8080818822bbf70188235afc24141a"
	failedJobID = "ff8080818822bbf70188235afc24141b"
	dwsCluster  = "9f76c502-fc9c-4a52-8656-65d0da6e3d57"
	cceCluster  = "0a1b2c3d-0d21-11ee-b5e1-0255ac10023a"
	failReason  = "the standby node 192.168.0.12 is not in sync"
)

var keys = fakecloud.Keys{AccessKey: "DEMOACCESSKEY", SecretKey: "demo-secret-key"}

// cloud returns a fake cloud with the tasks of the demo: two jobs that run for
// three seconds, and the examples of the other four API documents.
func cloud() *fakecloud.Cloud {
	c := fakecloud.New(keys)
	c.AddProject("cn-north-4", projectID)
	running := `{"job_id":"` + jobID + `","job_type":"masterStandbySwapJob","status":"RUNNING","begin_time":"1684191545379","end_time":null,"fail_reason":null}`
	second := strings.NewReplacer(jobID, failedJobID, `"SUCCESS"`, `"FAIL"`, `null`, `"`+failReason+`"`)
	c.Serve(fakecloud.JobPath(projectID, jobID),
		fakecloud.Response{Body: running}, fakecloud.Response{After: 3 * time.Second, Body: fakecloud.ExampleDCSJob})
	c.Serve(fakecloud.JobPath(projectID, failedJobID),
		fakecloud.Response{Body: strings.Replace(running, jobID, failedJobID, 1)},
		fakecloud.Response{After: 3 * time.Second, Body: second.Replace(fakecloud.ExampleDCSJob)})
	c.ServeTasks(projectID, instanceID, fakecloud.TaskList{Steps: []fakecloud.TaskListStep{{Tasks: []string{fakecloud.ExampleDCSBackgroundTask()}}}})
	c.Serve(fakecloud.ProgressPath(projectID, instanceID, taskID), fakecloud.Response{Body: fakecloud.ExampleDCSTaskProgress})
	c.Serve(fakecloud.ActionPath(projectID, dwsCluster, "SNAPSHOTTING_FAILED"), fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})
	c.Serve(fakecloud.SnapshotTasksPath(projectID, cceCluster), fakecloud.Response{Body: fakecloud.ExampleCCESnapshotTasks})
	return c
}
