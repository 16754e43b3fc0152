// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

// TestRead_mapsEveryMember compares the whole state of each sample.
func TestRead_mapsEveryMember(t *testing.T) {
	t.Parallel()
	for _, s := range providertest.Sources() {
		for _, sample := range s.Samples {
			t.Run(s.Name+"/"+sample.Name, func(t *testing.T) {
				t.Parallel()
				cloud := newCloud()
				cloud.Serve(s.PathOf(sample.Args), s.Response(fakecloud.Response{Body: sample.Body}))
				got := read(t, cloud, s, s.Args.With(sample.Args))
				testkit.Diff(t, "result", providertest.ReadResult{State: s.State(sample)}, got)
			})
		}
	}
}

func TestRead_keepsTheArguments(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dcs_background_tasks")
	cloud := newCloud()
	cloud.Serve(s.Path(), s.In("succeeded"))
	given := args{
		"instance_id": providertest.InstanceID, "region": providertest.Region, "project_id": providertest.ProjectID,
		"wait_for": "success", "poll_interval": "1500ms", "timeouts": args{"read": "1m"}, "on_missing": "pending", "status_map": args{"Frozen": "running", "*": "failed"},
		"start_time": "2020-06-17T10:18:06+02:00", "end_time": "20200617081807", "task_id": providertest.TaskID, "name": "extend", "latest": true, "offset": 0, "limit": 5,
	}
	var got providertest.ReadResult
	synctest.Test(t, func(t *testing.T) { got = read(t, cloud, s, given) })
	want := map[string]any{}
	for name, value := range given {
		switch value := value.(type) {
		case args:
			want[name] = map[string]any(value)
		case int:
			want[name] = float64(value)
		default:
			want[name] = value
		}
	}
	for name := range got.State {
		if _, set := given[name]; !set {
			delete(got.State, name)
		}
	}
	testkit.Diff(t, "arguments", providertest.ReadResult{State: want}, got)
}

func TestDWSClusterAction_asksForALanguage(t *testing.T) {
	t.Parallel()
	s := providertest.SourceNamed("dws_cluster_action")
	for _, tc := range []struct {
		language any
		want     string
	}{{nil, "en_us"}, {"en_us", "en_us"}, {"zh_cn", "zh_cn"}} {
		cloud := newCloud()
		cloud.Serve(s.Path(), s.In("succeeded"))
		testkit.Diff(t, "state", "succeeded", summary(read(t, cloud, s, s.Args.With(args{"language": tc.language}))))
		for _, r := range cloud.Requests() {
			testkit.Diff(t, "X-Language", []string{tc.want}, r.Header["X-Language"])
			if r.Status != http.StatusOK || slices.Contains(r.Signed, "x-language") {
				t.Errorf("language = %v: status %d, signed headers %v", tc.language, r.Status, r.Signed)
			}
		}
	}
}
