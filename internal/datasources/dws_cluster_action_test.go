// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const (
	action     = "SNAPSHOTTING"
	twin       = "SNAPSHOTTING_FAILED"
	actionID   = clusterID + "/" + action
	actionName = "DWS action " + action + " of cluster " + clusterID

	// snapshotDetail is JSON in JSON, sent as a string.
	snapshotDetail = `{"progressInfo":"{\"actionEndTime\":\"2025-05-19 09:07:42\",\"failedStep\":\"INIT\",\"partialPassKeys\":\"N/A\",\"errorCode\":\"\",` +
		`\"updateTime\":\"2025-05-19 09:07:43\",\"errorMsg\":\"host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS \",\"backupSize\":157661926,` +
		`\"backupRate\":{\"compressRate\":\"0MB/s\",\"consumerRate\":\"0MB/s\",\"producerRate\":\"0MB/s\"},\"currentStep\":\"FINISH\",\"actionType\":\"Backup\",` +
		`\"unrestoreKeys\":\"N/A\",\"progress\":\"100.00%\",\"actionStartTime\":\"2025-05-19 09:07:28\",\"priorKey\":\"N/A\",\"key\":\"20250519_090729\"}"}`
	snapshotReason = `item "创建快照": sub-item "执行备份" FAILED (failedStep INIT, errorMsg host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS)`
)

var (
	actionArgs = args{"cluster_id": clusterID, "action_name": action}
	actionIDs  = attributes{"cluster_id": is(clusterID), "action_name": is(action), "language": null}
	noAction   = absent("status", "cluster_name", "submit_time").With(attributes{"items": empty})

	// failedSnapshot are the fields of the documented example and its verdict.
	failedSnapshot = attributes{
		"id":           is("abb30649-4ab5-448f-a199-f764d2a4271d"),
		"reason":       is(snapshotReason),
		"status":       is("FAILED"),
		"cluster_name": is("cluster_779"),
		"submit_time":  is("2025-05-19 09:05:10.0"),
		"items": list(dwsItem(is("创建快照"),
			dwsSubItem(is("执行备份"), is("FAILED"), is(snapshotDetail), is("2025-05-19 09:06:18.0"), null, number("-1")))),
	}
)

func dwsItem(name knownvalue.Check, subItems ...knownvalue.Check) knownvalue.Check {
	return mapObject(attributes{"item_name": name, "sub_items": list(subItems...)})
}

func dwsSubItem(name, status, detail, begin, end, estimated knownvalue.Check) knownvalue.Check {
	return mapObject(attributes{
		"sub_item_name": name, "status": status, "detail": detail,
		"begin_time": begin, "end_time": end, "estimated_time": estimated,
	})
}

func TestDWSClusterAction_tellsEveryField(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		body string
		want attributes
	}{
		{
			"the documented example, whose detail claims success", fakecloud.ExampleDWSClusterAction,
			result("", "failed", actionName+": failed: "+snapshotReason).With(failedSnapshot),
		},
		{
			"numbers for strings, strings for numbers, fractions, nulls and unknown members",
			`{"id":4711,"action_name":null,"status":"Rollback_Running","cluster_name":0.10,"submit_time":20250519,"error_code":"DWS.0000","error_msg":null,"progress":{},"items":[{},{"item_name":"a","sub_items":null},` +
				`{"item_name":1,"sub_items":[{},{"sub_item_name":2,"status":null,"detail":3,"begin_time":4,"end_time":"","estimated_time":"12.50","extra":[]}]}]}`,
			result("4711", "running", actionName+": running").With(attributes{
				"status":       is("Rollback_Running"),
				"cluster_name": is("0.10"),
				"submit_time":  is("20250519"),
				"items": list(
					dwsItem(null),
					dwsItem(is("a")),
					dwsItem(is("1"),
						dwsSubItem(null, null, null, null, null, null),
						dwsSubItem(is("2"), null, is("3"), is("4"), is(""), number("12.5"))),
				),
			}),
		},
		{
			"nothing but a word", `{"status":"WAITING"}`,
			result(actionID, "pending", actionName+": pending").With(noAction, attributes{"status": is("WAITING")}),
		},
		{
			"nothing but an empty list", `{"id":null,"action_name":null,"status":null,"cluster_name":null,"submit_time":null,"items":[]}`,
			result(actionID, "unknown", actionName+": unknown: an absent or empty status").With(noAction),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			cloud.Serve(fakecloud.ActionPath(projectID, clusterID, action), fakecloud.Response{Body: tc.body})
			check(t, settings, "dws_cluster_action", actionArgs, readAt().With(actionIDs, tc.want))
		})
	}
}

func TestDWSClusterAction_isMissingAsTheUserSays(t *testing.T) {
	t.Parallel()
	cluster := fakecloud.ClusterPath(projectID, clusterID)
	t.Run("by default an error", func(t *testing.T) {
		t.Parallel()
		_, settings := serve(t)
		refuse(t, settings, "dws_cluster_action", actionArgs,
			"Error: DWS cluster action not found",
			"There is no "+actionName+": it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
			`If it is still to appear, set on_missing = "pending".`, "terraform destroy too",
			"Status: 404 Not Found", "Code: DWS.0025", "Message: The action does not exist.")
	})
	for _, tc := range []struct {
		name      string
		onMissing string
		serve     func(*fakecloud.Cloud)
		want      attributes
	}{
		{
			"pending", "pending", func(*fakecloud.Cloud) {},
			result(actionID, "missing", actionName+": missing").With(noAction),
		},
		{
			"succeeded, without a trace", "succeeded",
			func(c *fakecloud.Cloud) {
				c.Serve(cluster, fakecloud.Response{Body: `{"cluster":{"task_status":null}}`})
			},
			result(actionID, "missing", actionName+": missing, which counts as succeeded").With(noAction, excused),
		},
		{
			"succeeded, but its failure is recorded", "succeeded",
			func(c *fakecloud.Cloud) {
				c.Serve(cluster, fakecloud.Response{Body: `{"cluster":{"task_status":null}}`})
				c.Serve(fakecloud.ActionPath(projectID, clusterID, twin), fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})
			},
			result("", "failed", actionName+" (listed as "+twin+"): failed: "+snapshotReason).With(failedSnapshot),
		},
		{
			"succeeded, but the cluster is at it", "succeeded",
			func(c *fakecloud.Cloud) {
				c.Serve(cluster, fakecloud.Response{Body: `{"cluster":{"task_status":"SNAPSHOTTING"}}`})
			},
			result(actionID, "running", actionName+" (task_status of the cluster): running").With(noAction, attributes{"found": no}),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			tc.serve(cloud)
			check(t, settings, "dws_cluster_action", actionArgs.With(args{"on_missing": tc.onMissing}),
				readAt().With(actionIDs, tc.want, attributes{"on_missing": is(tc.onMissing)}))
		})
	}
}

func TestDWSClusterAction_asksInTheUsersLanguage(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		language any
		want     string
	}{{nil, "en_us"}, {"en_us", "en_us"}, {"zh_cn", "zh_cn"}} {
		cloud := fakecloud.New(keys)
		cloud.Serve(fakecloud.ActionPath(projectID, clusterID, action), fakecloud.Response{Body: fakecloud.ExampleDWSClusterAction})
		if got := read(t, cloud, settings(), "dws_cluster_action", actionArgs.With(args{"language": tc.language})); got.Diagnostics != nil {
			t.Error(got.Diagnostics)
		}
		for _, request := range cloud.Requests() {
			if got := request.Header["X-Language"]; !cmp.Equal(got, []string{tc.want}) || slices.Contains(request.Signed, "x-language") {
				t.Errorf("language = %v sends %v, signed are %v; want %s, unsigned", tc.language, got, request.Signed, tc.want)
			}
			if request.Status != http.StatusOK {
				t.Errorf("language = %v is answered %d", tc.language, request.Status)
			}
		}
	}
}
