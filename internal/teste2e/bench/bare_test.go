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

// bare is a provider that does only what it must: with our schemas, each data
// source sends one unsigned request, decodes the response with encoding/json into
// a plain struct, and sets the state to it.
type bare struct{ client *http.Client }

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
		all = append(all, func() datasource.DataSource { return bareSource{s, p.client} })
	}
	return all
}

// Resources implements provider.Provider.
func (bare) Resources(context.Context) []func() resource.Resource { return nil }

type bareSource struct {
	datasources.Source
	client *http.Client
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
	resp, err := s.client.Do(req)
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

// plain returns a plain struct for the response of a source that is measured.
func plain(source string) any {
	if source == "dws_cluster_action" {
		return &plainAction{}
	}
	return &plainJob{}
}

// common holds the attributes that are not in a response.
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
	ID          string      `tfsdk:"action_id" json:"id"`
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
