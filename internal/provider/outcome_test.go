// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// outcome is what the provider's arguments result in.
type outcome struct {
	Region, ProjectID, ProjectName, Cloud string

	Endpoints     map[transport.Service]string
	Credentials   credentials.Credentials
	NoCredentials string // "unknown", or "none" if no source has any
	AssumeRoles   []credentials.AssumeRole
	MaxRetries    int
	Insecure      bool
	Unknown       []string
	Diagnostics   []string // "path: summary"
}

type variables map[string]string

func (v variables) lookup(name string) (string, bool) {
	text, ok := v[name]
	return text, ok
}

// settle reads the arguments of a block and of variables, on a host that is
// neither an ECS host nor a pod. An identity provider issues the access key of
// its own name for the ID token "t".
func settle(t *testing.T, block args, v variables) outcome {
	t.Helper()
	s := readSettings(modelOf(t, block), v.lookup)
	cloud := fakecloud.New()
	for _, id := range []string{"block", "hw", "sdk"} {
		keys := []fakecloud.Keys{{AccessKey: id, SecretKey: "s"}}
		cloud.AddIdentityProvider(fakecloud.IdentityProvider{ID: id, IDTokens: []string{"t"}, Issuer: fakecloud.Issuer{Keys: keys}})
	}
	config := s.config(&transport.Network{Transport: cloud.Transport(), Direct: cloud.Transport()})
	o := outcome{
		Region: config.Region, ProjectID: config.ProjectID, ProjectName: config.ProjectName, Cloud: config.Cloud,
		AssumeRoles: config.AssumeRoles, MaxRetries: s.maxRetries(), Insecure: s.insecure(), Unknown: config.Unknown, Diagnostics: summaries(s.diags),
	}
	if len(config.Endpoints) > 0 {
		o.Endpoints = config.Endpoints
	}
	if config.Credentials == nil {
		o.NoCredentials = "unknown"
		return o
	}
	var err error
	if o.Credentials, err = config.Credentials.Retrieve(t.Context(), ownRegion); err != nil {
		o.NoCredentials = "none"
	}
	o.Credentials.Expires = time.Time{}
	return o
}

// summaries returns the path and the summary of each diagnostic. The whole
// messages are tested in package diagnostics.
func summaries(diags diag.Diagnostics) []string {
	var all []string
	for _, d := range diags {
		text := ": " + d.Summary()
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			text = at.Path().String() + text
		}
		all = append(all, text)
	}
	return all
}

// modelOf returns the model of a block with these arguments.
func modelOf(t *testing.T, block args) providerModel {
	t.Helper()
	var described provider.SchemaResponse
	(&hwtasks{}).Schema(t.Context(), provider.SchemaRequest{}, &described)
	kind := described.Schema.Type().TerraformType(t.Context())
	config := tfsdk.Config{Schema: described.Schema, Raw: providertest.Typed(kind, block)}
	var m providerModel
	if diags := config.Get(t.Context(), &m); diags.HasError() {
		t.Fatal(diags)
	}
	return m
}
