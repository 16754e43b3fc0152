// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
)

// bare is a provider with our schemas and nothing else: each data source makes
// one request without a signature, decodes the answer with encoding/json into a
// plain struct, and sets the state to it.
type bare struct{ network *http.Client }

// Metadata implements provider.Provider.
func (bare) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "bare"
}

// Schema implements provider.Provider.
func (bare) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

// Configure implements provider.Provider.
func (bare) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

// DataSources implements provider.Provider.
func (p bare) DataSources(context.Context) []func() datasource.DataSource {
	var all []func() datasource.DataSource
	for _, s := range datasources.Sources() {
		all = append(all, func() datasource.DataSource { return bareSource{s, p.network} })
	}
	return all
}

// Resources implements provider.Provider.
func (bare) Resources(context.Context) []func() resource.Resource { return nil }

type bareSource struct {
	datasources.Source
	network *http.Client
}

// Metadata implements datasource.DataSource.
func (s bareSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "bare_" + s.Name()
}

// Schema implements datasource.DataSource.
func (s bareSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = s.Source.Schema()
}

// Read implements datasource.DataSource.
func (s bareSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	m := plain(s.Name())
	for name, attribute := range resp.State.Schema.GetAttributes() {
		if attribute.IsRequired() {
			var id string
			resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), &id)...)
		}
	}
	if err := s.fetch(ctx, m); err != nil {
		resp.Diagnostics.AddError("Unable to read", err.Error())
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

func (s bareSource) fetch(ctx context.Context, m any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://example.com/v2/"+projectID+"/jobs/"+jobID, nil)
	if err != nil {
		return err
	}
	resp, err := s.network.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, m)
}

// plain returns a plain struct for the answer of a source.
func plain(source string) any {
	switch source {
	case "dws_cluster_action":
		return &plainAction{}
	case "dcs_background_tasks":
		return &plainTasks{}
	case "dcs_task_progress":
		return &plainProgress{}
	case "dcs_job":
		return &plainJob{}
	default:
		return &plainSnapshots{}
	}
}

// common are the attributes that no answer holds.
type common struct {
	Region       *string `tfsdk:"region" json:"-"`
	ProjectID    *string `tfsdk:"project_id" json:"-"`
	WaitFor      *string `tfsdk:"wait_for" json:"-"`
	PollInterval *string `tfsdk:"poll_interval" json:"-"`
	Timeouts     *struct {
		Read *string `tfsdk:"read"`
	} `tfsdk:"timeouts" json:"-"`
	OnMissing  *string           `tfsdk:"on_missing" json:"-"`
	StatusMap  map[string]string `tfsdk:"status_map" json:"-"`
	OwnID      string            `tfsdk:"id" json:"-"`
	State      string            `tfsdk:"state" json:"-"`
	Completed  bool              `tfsdk:"completed" json:"-"`
	Succeeded  bool              `tfsdk:"succeeded" json:"-"`
	Failed     bool              `tfsdk:"failed" json:"-"`
	Found      bool              `tfsdk:"found" json:"-"`
	OwnPercent *float64          `tfsdk:"percent" json:"-"`
	Reason     *string           `tfsdk:"reason" json:"-"`
	Summary    string            `tfsdk:"summary" json:"-"`
}

type plainJob struct {
	common
	JobID      string  `tfsdk:"job_id" json:"job_id"`
	JobType    string  `tfsdk:"job_type" json:"job_type"`
	Status     string  `tfsdk:"status" json:"status"`
	BeginTime  string  `tfsdk:"begin_time" json:"begin_time"`
	EndTime    string  `tfsdk:"end_time" json:"end_time"`
	FailReason *string `tfsdk:"fail_reason" json:"fail_reason"`
}

type plainAction struct {
	common
	ClusterID   string      `tfsdk:"cluster_id" json:"-"`
	Language    *string     `tfsdk:"language" json:"-"`
	ID          string      `tfsdk:"-" json:"id"`
	ActionName  string      `tfsdk:"action_name" json:"action_name"`
	Status      string      `tfsdk:"status" json:"status"`
	ClusterName string      `tfsdk:"cluster_name" json:"cluster_name"`
	SubmitTime  string      `tfsdk:"submit_time" json:"submit_time"`
	Items       []plainItem `tfsdk:"items" json:"items"`
}

type plainItem struct {
	ItemName string         `tfsdk:"item_name" json:"item_name"`
	SubItems []plainSubItem `tfsdk:"sub_items" json:"sub_items"`
}

type plainSubItem struct {
	SubItemName   string   `tfsdk:"sub_item_name" json:"sub_item_name"`
	Status        string   `tfsdk:"status" json:"status"`
	Detail        string   `tfsdk:"detail" json:"detail"`
	BeginTime     string   `tfsdk:"begin_time" json:"begin_time"`
	EndTime       *string  `tfsdk:"end_time" json:"end_time"`
	EstimatedTime *float64 `tfsdk:"estimated_time" json:"estimated_time"`
}

type plainProgress struct {
	common
	InstanceID  string      `tfsdk:"instance_id" json:"-"`
	TaskID      string      `tfsdk:"task_id" json:"-"`
	Progress    *float64    `tfsdk:"progress" json:"progress"`
	RemainTime  *float64    `tfsdk:"remain_time" json:"remain_time"`
	StepDetails []plainStep `tfsdk:"step_details" json:"step_details"`
}

type plainStep struct {
	StepID         string         `tfsdk:"step_id" json:"step_id"`
	StepName       string         `tfsdk:"step_name" json:"step_name"`
	StepStatus     string         `tfsdk:"step_status" json:"step_status"`
	BeginTime      string         `tfsdk:"begin_time" json:"begin_time"`
	EndTime        string         `tfsdk:"end_time" json:"end_time"`
	ErrorCode      string         `tfsdk:"error_code" json:"error_code"`
	SubStepDetails []plainSubStep `tfsdk:"sub_step_details" json:"sub_step_details"`
}

type plainSubStep struct {
	SubStepID     string `tfsdk:"sub_step_id" json:"sub_step_id"`
	SubStepName   string `tfsdk:"sub_step_name" json:"sub_step_name"`
	SubStepStatus string `tfsdk:"sub_step_status" json:"sub_step_status"`
	BeginTime     string `tfsdk:"begin_time" json:"begin_time"`
	EndTime       string `tfsdk:"end_time" json:"end_time"`
	Detail        string `tfsdk:"detail" json:"detail"`
	ErrorCode     string `tfsdk:"error_code" json:"error_code"`
}

type plainSnapshots struct {
	common
	Idle         bool            `tfsdk:"idle" json:"-"`
	ClusterID    string          `tfsdk:"cluster_id" json:"-"`
	UID          *string         `tfsdk:"uid" json:"-"`
	CreatedAfter *string         `tfsdk:"created_after" json:"-"`
	APIVersion   string          `tfsdk:"api_version" json:"apiVersion"`
	Kind         string          `tfsdk:"kind" json:"kind"`
	Metadata     *plainMetadata  `tfsdk:"metadata" json:"metadata"`
	Items        []plainSnapshot `tfsdk:"items" json:"items"`
	Status       *struct {
		LatestBackupTime string `tfsdk:"latest_backup_time" json:"latestBackupTime"`
	} `tfsdk:"status" json:"status"`
}

type plainMetadata struct {
	UID               string `tfsdk:"uid" json:"uid"`
	CreationTimestamp string `tfsdk:"creation_timestamp" json:"creationTimestamp"`
	UpdateTimestamp   string `tfsdk:"update_timestamp" json:"updateTimestamp"`
}

type plainSnapshot struct {
	Kind       string         `tfsdk:"kind" json:"kind"`
	APIVersion string         `tfsdk:"api_version" json:"apiVersion"`
	Metadata   *plainMetadata `tfsdk:"metadata" json:"metadata"`
	Spec       *struct {
		Items []plainPart `tfsdk:"items" json:"items"`
	} `tfsdk:"spec" json:"spec"`
	Status *struct {
		Phase          string `tfsdk:"phase" json:"phase"`
		Progress       string `tfsdk:"progress" json:"progress"`
		CompletionTime string `tfsdk:"completion_time" json:"completionTime"`
	} `tfsdk:"status" json:"status"`
	State string `tfsdk:"state" json:"-"`
}

type plainPart struct {
	ID                string `tfsdk:"id" json:"id"`
	Type              string `tfsdk:"type" json:"type"`
	Status            string `tfsdk:"status" json:"status"`
	CreationTimestamp string `tfsdk:"creation_timestamp" json:"creationTimestamp"`
	UpdateTimestamp   string `tfsdk:"update_timestamp" json:"updateTimestamp"`
	Message           string `tfsdk:"message" json:"message"`
}

type plainTasks struct {
	common
	Idle       bool        `tfsdk:"idle" json:"-"`
	InstanceID string      `tfsdk:"instance_id" json:"-"`
	StartTime  *string     `tfsdk:"start_time" json:"-"`
	EndTime    *string     `tfsdk:"end_time" json:"-"`
	TaskID     *string     `tfsdk:"task_id" json:"-"`
	Name       *string     `tfsdk:"name" json:"-"`
	Latest     *bool       `tfsdk:"latest" json:"-"`
	Offset     *int64      `tfsdk:"offset" json:"-"`
	Limit      *int64      `tfsdk:"limit" json:"-"`
	TaskCount  *float64    `tfsdk:"task_count" json:"task_count"`
	Tasks      []plainTask `tfsdk:"tasks" json:"tasks"`
}

type plainTask struct {
	ID         string        `tfsdk:"id" json:"id"`
	Name       string        `tfsdk:"name" json:"name"`
	Status     string        `tfsdk:"status" json:"status"`
	State      string        `tfsdk:"state" json:"-"`
	UserName   string        `tfsdk:"user_name" json:"user_name"`
	UserID     string        `tfsdk:"user_id" json:"user_id"`
	Params     *string       `tfsdk:"params" json:"params"`
	CreatedAt  string        `tfsdk:"created_at" json:"created_at"`
	UpdatedAt  string        `tfsdk:"updated_at" json:"updated_at"`
	ErrorCode  *string       `tfsdk:"error_code" json:"error_code"`
	JobID      *string       `tfsdk:"job_id" json:"job_id"`
	EnableShow *bool         `tfsdk:"enable_show" json:"enable_show"`
	Details    *plainDetails `tfsdk:"details" json:"details"`
}

type plainDetails struct {
	OldCapacity          *string  `tfsdk:"old_capacity" json:"old_capacity"`
	NewCapacity          *string  `tfsdk:"new_capacity" json:"new_capacity"`
	EnablePublicIP       *bool    `tfsdk:"enable_public_ip" json:"enable_public_ip"`
	PublicIPID           *string  `tfsdk:"public_ip_id" json:"public_ip_id"`
	PublicIPAddress      *string  `tfsdk:"public_ip_address" json:"public_ip_address"`
	EnableSSL            *bool    `tfsdk:"enable_ssl" json:"enable_ssl"`
	OldCacheMode         *string  `tfsdk:"old_cache_mode" json:"old_cache_mode"`
	NewCacheMode         *string  `tfsdk:"new_cache_mode" json:"new_cache_mode"`
	OldResourceSpecCode  *string  `tfsdk:"old_resource_spec_code" json:"old_resource_spec_code"`
	NewResourceSpecCode  *string  `tfsdk:"new_resource_spec_code" json:"new_resource_spec_code"`
	OldReplicaNum        *float64 `tfsdk:"old_replica_num" json:"old_replica_num"`
	NewReplicaNum        *float64 `tfsdk:"new_replica_num" json:"new_replica_num"`
	OldCacheType         *string  `tfsdk:"old_cache_type" json:"old_cache_type"`
	NewCacheType         *string  `tfsdk:"new_cache_type" json:"new_cache_type"`
	ReplicaIP            *string  `tfsdk:"replica_ip" json:"replica_ip"`
	ReplicaAZ            *string  `tfsdk:"replica_az" json:"replica_az"`
	GroupName            *string  `tfsdk:"group_name" json:"group_name"`
	OldPort              *float64 `tfsdk:"old_port" json:"old_port"`
	NewPort              *float64 `tfsdk:"new_port" json:"new_port"`
	IsOnlyAdjustCharging *bool    `tfsdk:"is_only_adjust_charging" json:"is_only_adjust_charging"`
	AccountName          *string  `tfsdk:"account_name" json:"account_name"`
	SourceIP             *string  `tfsdk:"source_ip" json:"source_ip"`
	TargetIP             *string  `tfsdk:"target_ip" json:"target_ip"`
	NodeName             *string  `tfsdk:"node_name" json:"node_name"`
	RenameCommands       []string `tfsdk:"rename_commands" json:"rename_commands"`
	UpdatedConfigLength  *float64 `tfsdk:"updated_config_length" json:"updated_config_length"`
}
