// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

const snapshotsName = "CCE snapshot tasks of cluster " + clusterID

var (
	snapshotArgs = args{"cluster_id": clusterID}
	snapshotsIn  = absent("uid", "created_after").With(attributes{"cluster_id": is(clusterID)})
	noSnapshots  = absent("api_version", "kind", "metadata", "status").With(attributes{"items": empty})

	noMetadata = absent("uid", "creation_timestamp", "update_timestamp")
	noPart     = absent("id", "type", "status", "creation_timestamp", "update_timestamp", "message")
	noSnapshot = absent("kind", "api_version", "metadata", "spec", "status").With(attributes{"state": is("unknown")})
)

func TestCCESnapshotTasks_tellEveryField(t *testing.T) {
	t.Parallel()
	for _, s := range backups() {
		t.Run(s.source, func(t *testing.T) {
			t.Parallel()
			tellsEveryFieldOfBackups(t, s)
		})
	}
}

func tellsEveryFieldOfBackups(t *testing.T, s target) {
	t.Helper()
	listed := s.noun + "s of cluster " + clusterID
	for _, tc := range []struct {
		name string
		body string
		want attributes
	}{
		{
			"the documented example", fakecloud.ExampleCCESnapshotTasks,
			result(clusterID, "running", listed+" ("+snapshotID+"): running, 67%").With(attributes{
				"percent": knownvalue.Float64Exact(67), "idle": no,
				"api_version": is("v3.1"), "kind": is("List"), "metadata": mapObject(noMetadata),
				"items": list(mapObject(attributes{
					"kind": is("SnapshotTask"), "api_version": is("v3.1"), "state": is("running"),
					"metadata": mapObject(attributes{
						"uid":                is(snapshotID),
						"creation_timestamp": is("2023-11-25 17:03:46.739012 +0800 CST"),
						"update_timestamp":   is("2023-11-25 17:03:46.739027 +0800 CST"),
					}),
					"spec": mapObject(attributes{"items": empty}),
					"status": mapObject(attributes{
						"phase": is("Running"), "progress": is("67"), "completion_time": is("2023-11-25 17:03:46.739027 +0800 CST"),
					}),
				})),
				"status": mapObject(attributes{"latest_backup_time": is("2023-11-25 17:03:47.980844 +0800 CST")}),
			}),
		},
		{
			"numbers for strings, fractions, nulls, empty objects and unknown members; the newest comes first and has failed",
			`{"kind":1,"apiVersion":3.10,"metadata":{"uid":null,"creationTimestamp":5,"annotations":{}},"continue":"x","status":{"latestBackupTime":0.5,"more":[]},"items":[` +
				`{"kind":null,"metadata":{"uid":9,"creationTimestamp":"2023-11-25 17:03:46 +0800 CST","updateTimestamp":null},"status":{"phase":"FAILED","progress":33.30,"completionTime":""},` +
				`"spec":{"items":[{},{"id":1,"type":"master-backup","status":"failed","creationTimestamp":2,"updateTimestamp":null,"message":"disk full","code":7},{"status":"Success","message":"done"}]}},` +
				`{"apiVersion":3.1,"metadata":{"creationTimestamp":"2023-11-25 09:03:45.999999999 +0000 UTC"},"spec":{"items":null},"status":{"phase":"Success"}}]}`,
			result(clusterID, "failed", listed+" (9): failed: master-backup 1 failed: disk full").With(attributes{
				"percent": knownvalue.Float64Exact(33.3), "reason": is("master-backup 1 failed: disk full"), "idle": yes,
				"api_version": is("3.10"), "kind": is("1"), "metadata": mapObject(noMetadata.With(attributes{"creation_timestamp": is("5")})),
				"items": list(
					mapObject(noSnapshot.With(attributes{
						"state":    is("failed"),
						"metadata": mapObject(noMetadata.With(attributes{"uid": is("9"), "creation_timestamp": is("2023-11-25 17:03:46 +0800 CST")})),
						"spec": mapObject(attributes{"items": list(
							mapObject(noPart),
							mapObject(noPart.With(attributes{"id": is("1"), "type": is("master-backup"), "status": is("failed"), "creation_timestamp": is("2"), "message": is("disk full")})),
							mapObject(noPart.With(attributes{"status": is("Success"), "message": is("done")})),
						)}),
						"status": mapObject(attributes{"phase": is("FAILED"), "progress": is("33.30"), "completion_time": is("")}),
					})),
					mapObject(noSnapshot.With(attributes{
						"state": is("succeeded"), "api_version": is("3.1"),
						"metadata": mapObject(noMetadata.With(attributes{"creation_timestamp": is("2023-11-25 09:03:45.999999999 +0000 UTC")})),
						"spec":     mapObject(attributes{"items": empty}),
						"status":   mapObject(attributes{"phase": is("Success"), "progress": null, "completion_time": null}),
					})),
				),
				"status": mapObject(attributes{"latest_backup_time": is("0.5")}),
			}),
		},
		{
			"tasks without members and with nothing but nulls",
			`{"kind":"List","metadata":null,"status":null,"items":[{},{"kind":null,"apiVersion":null,"metadata":null,"spec":null,"status":null}]}`,
			result(clusterID, "unknown", listed+`: unknown: the creationTimestamp ""`).With(noSnapshots, attributes{
				"kind": is("List"), "items": list(mapObject(noSnapshot), mapObject(noSnapshot)), "idle": no,
			}),
		},
		{
			"an empty list", `{"items":[]}`,
			result(clusterID, "missing", listed+": missing").With(noSnapshots, attributes{"idle": yes}),
		},
		{
			"a list without items, as empty members are left out", `{"kind":"List","apiVersion":"v3.1","metadata":{},"status":{}}`,
			result(clusterID, "missing", listed+": missing").With(noSnapshots, attributes{
				"kind": is("List"), "api_version": is("v3.1"), "metadata": mapObject(noMetadata), "status": mapObject(absent("latest_backup_time")), "idle": yes,
			}),
		},
		{
			"nothing but nulls", `{"apiVersion":null,"kind":null,"metadata":null,"items":null,"status":null}`,
			result(clusterID, "missing", listed+": missing").With(noSnapshots, attributes{"idle": yes}),
		},
		{
			"a null list", `{"items":null}`,
			result(clusterID, "missing", listed+": missing").With(noSnapshots, attributes{"idle": yes}),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			cloud.Serve(s.path, fakecloud.Response{Body: tc.body})
			check(t, settings, s.source, snapshotArgs, readAt().With(snapshotsIn, tc.want))
		})
	}
}

func TestCCESnapshotTasks_areMissingAsTheUserSays(t *testing.T) {
	t.Parallel()
	for _, s := range backups() {
		t.Run(s.source, func(t *testing.T) {
			t.Parallel()
			areMissingBackupsAsTheUserSays(t, s)
		})
	}
}

func areMissingBackupsAsTheUserSays(t *testing.T, s target) {
	t.Helper()
	listed, one := s.noun+"s of cluster "+clusterID, s.noun+" "+snapshotID+" of cluster "+clusterID
	const after = "2023-11-25T09:00:00Z"
	t.Run("by default an error of the task that is asked for", func(t *testing.T) {
		t.Parallel()
		cloud, settings := serve(t)
		cloud.Serve(s.path, fakecloud.Response{Body: `{"items":[]}`})
		refuse(t, settings, s.source, snapshotArgs.With(args{"uid": snapshotID}),
			"Error: "+s.noun+" not found",
			"There is no "+one+": it was never started, it has another id or belongs to another project or region, or its record has expired. That is no proof of success.",
			`If it is still to appear, set on_missing = "pending".`, "terraform destroy too")
	})
	t.Run("by default an error of a wait", func(t *testing.T) {
		t.Parallel()
		cloud, settings := serve(t)
		cloud.Serve(s.path, fakecloud.Response{Body: `{"items":[]}`})
		refuse(t, settings, s.source, snapshotArgs.With(args{"created_after": after, "wait_for": "success"}),
			"Error: "+s.noun+" not found",
			"There are no "+listed+" created after "+after+": none was started or matches the filters, or the records have expired. That is no proof of success.",
			`set on_missing = "pending"`, "terraform destroy too")
	})
	for _, tc := range []struct {
		name string
		ask  args
		want attributes
	}{
		{"all by default", args{}, result(clusterID, "missing", listed+": missing").With(attributes{"idle": yes})},
		{"all pending", args{"on_missing": "pending"}, result(clusterID, "missing", listed+": missing").With(attributes{"idle": yes, "on_missing": is("pending")})},
		{
			"newer ones succeeded",
			args{"created_after": after, "on_missing": "succeeded"},
			result(clusterID, "missing", listed+" created after "+after+": missing, which counts as succeeded").
				With(excused, attributes{"idle": yes, "created_after": is(after), "on_missing": is("succeeded")}),
		},
		{
			"one pending", args{"uid": snapshotID, "on_missing": "pending"}, result(clusterID, "missing", one+": missing").
				With(attributes{"idle": no, "uid": is(snapshotID), "on_missing": is("pending")}),
		},
		{
			"one succeeded", args{"uid": snapshotID, "on_missing": "succeeded"}, result(clusterID, "missing", one+": missing, which counts as succeeded").
				With(excused, attributes{"idle": yes, "uid": is(snapshotID), "on_missing": is("succeeded")}),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			cloud, settings := serve(t)
			cloud.Serve(s.path, fakecloud.Response{Body: `{"items":[]}`})
			check(t, settings, s.source, snapshotArgs.With(tc.ask), readAt().With(snapshotsIn, noSnapshots, tc.want))
		})
	}
}
