// SPDX-License-Identifier: MPL-2.0

package datasources_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// everywhere are the attributes of every data source.
const everywhere = "region project_id wait_for poll_interval timeouts timeouts.read on_missing status_map " +
	"id state completed succeeded failed found percent reason summary"

// documented are the attributes of each data source beside those.
func documented() map[string]string {
	backups := "idle cluster_id uid created_after api_version kind metadata items status status.latest_backup_time " +
		within("metadata", "uid creation_timestamp update_timestamp") + " " +
		within("items", "kind api_version metadata spec spec.items status state") + " " +
		within("items.metadata", "uid creation_timestamp update_timestamp") + " " +
		within("items.spec.items", "id type status creation_timestamp update_timestamp message") + " " +
		within("items.status", "phase progress completion_time")
	return map[string]string{
		"dws_cluster_action": "cluster_id action_name language status cluster_name submit_time items items.item_name items.sub_items " +
			"items.sub_items.sub_item_name items.sub_items.status items.sub_items.detail items.sub_items.begin_time items.sub_items.end_time items.sub_items.estimated_time",
		"dcs_background_tasks": "idle instance_id start_time end_time offset limit task_id name latest task_count tasks tasks.id tasks.name tasks.status tasks.user_name " +
			"tasks.user_id tasks.params tasks.created_at tasks.updated_at tasks.error_code tasks.job_id tasks.enable_show tasks.state tasks.details " +
			within("tasks.details", "old_capacity new_capacity public_ip_id public_ip_address old_cache_mode new_cache_mode old_resource_spec_code new_resource_spec_code "+
				"old_cache_type new_cache_type replica_ip replica_az group_name account_name source_ip target_ip node_name enable_public_ip enable_ssl "+
				"is_only_adjust_charging old_replica_num new_replica_num old_port new_port updated_config_length rename_commands"),
		"dcs_task_progress": "instance_id task_id progress remain_time step_details " +
			within("step_details", "step_id step_name step_status begin_time end_time error_code sub_step_details") + " " +
			within("step_details.sub_step_details", "sub_step_id sub_step_name sub_step_status begin_time end_time detail error_code"),
		"dcs_job":                      "job_id job_type status begin_time end_time fail_reason",
		"cce_snapshot_tasks":           backups,
		"cce_autopilot_snapshot_tasks": backups,
	}
}

// within prefixes names with that of the object that they belong to.
func within(parent, names string) string {
	return parent + "." + strings.Join(strings.Fields(names), " "+parent+".")
}

// schemas are the data sources by their names, as Terraform knows them.
func schemas(t *testing.T) map[string]schema.Schema {
	t.Helper()
	all := map[string]schema.Schema{}
	for _, constructor := range datasources.All() {
		source := constructor()
		var metadata datasource.MetadataResponse
		source.Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "hwtasks"}, &metadata)
		var described datasource.SchemaResponse
		source.Schema(t.Context(), datasource.SchemaRequest{}, &described)
		if described.Diagnostics.HasError() {
			t.Error(described.Diagnostics)
		}
		all[metadata.TypeName] = described.Schema
	}
	return all
}

// flattened are all attributes, nested ones by their path.
func flattened(prefix string, nested map[string]schema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for name, attribute := range nested {
		all[prefix+name] = attribute
		switch parent := attribute.(type) {
		case schema.SingleNestedAttribute:
			maps.Copy(all, flattened(prefix+name+".", parent.Attributes))
		case schema.ListNestedAttribute:
			maps.Copy(all, flattened(prefix+name+".", parent.NestedObject.Attributes))
		}
	}
	return all
}

func TestAll_haveTheDocumentedAttributesAndNoOthers(t *testing.T) {
	t.Parallel()
	got, want := map[string][]string{}, map[string][]string{}
	for name, s := range schemas(t) {
		got[name] = slices.Sorted(maps.Keys(flattened("", s.Attributes)))
	}
	for name, names := range documented() {
		want["hwtasks_"+name] = slices.Sorted(slices.Values(strings.Fields(everywhere + " " + names)))
	}
	diff(t, "attributes", want, got)
}

func TestAll_areDescribedInWholeSentences(t *testing.T) {
	t.Parallel()
	sentence := func(text string) bool {
		return strings.HasSuffix(text, ".") && strings.TrimSpace(text) == text && text != "."
	}
	for source, s := range schemas(t) {
		if !sentence(s.MarkdownDescription) {
			t.Errorf("%s is described as %q", source, s.MarkdownDescription)
		}
		for name, attribute := range flattened("", s.Attributes) {
			text := attribute.GetMarkdownDescription()
			if name == "timeouts.read" && text == "" {
				text = attribute.GetDescription() // all that its library takes
			}
			if !sentence(text) {
				t.Errorf("%s.%s is described as %q", source, name, text)
			}
		}
	}
}

func TestAll_areValidToTerraform(t *testing.T) {
	t.Parallel()
	for name, s := range schemas(t) {
		if wrong := s.ValidateImplementation(t.Context()); wrong.HasError() {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

// A model that does not fit its schema fails the first read.
func TestAll_haveModelsThatFit(t *testing.T) {
	t.Parallel()
	examples := map[string]string{
		"dws_cluster_action":           fakecloud.ExampleDWSClusterAction,
		"dcs_background_tasks":         fakecloud.ExampleDCSBackgroundTasks,
		"dcs_task_progress":            fakecloud.ExampleDCSTaskProgress,
		"dcs_job":                      fakecloud.ExampleDCSJob,
		"cce_snapshot_tasks":           fakecloud.ExampleCCESnapshotTasks,
		"cce_autopilot_snapshot_tasks": fakecloud.ExampleCCESnapshotTasks,
	}
	if got, want := len(subjects()), len(datasources.All()); got != want {
		t.Errorf("the tests know %d data sources, there are %d", got, want)
	}
	for _, s := range subjects() {
		t.Run(s.source, func(t *testing.T) {
			t.Parallel()
			cloud := fakecloud.New(keys)
			cloud.Serve(s.path, fakecloud.Response{Body: examples[s.source]})
			if got := read(t, cloud, settings(), s.source, s.ids); got.Diagnostics != nil || got.State["found"] != true {
				t.Errorf("the example is read as %+v", got)
			}
		})
	}
}
