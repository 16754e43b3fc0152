// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"net/http"
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// outcome is all that becomes of the provider's arguments.
type outcome struct {
	Region, ProjectID, ProjectName, Cloud string

	Endpoints   map[client.Service]string
	Credentials client.Credentials
	None        string // why there are no credentials
	AssumeRole  *client.AssumeRole
	MaxRetries  int
	Insecure    bool
	Unknown     []string
	Faults      []fault
}

type variables map[string]string

func (v variables) lookup(name string) (string, bool) {
	text, ok := v[name]
	return text, ok
}

// settle reads the arguments of a block and of variables. Nothing answers to
// what asks for credentials.
func settle(t *testing.T, block args, v variables) outcome {
	t.Helper()
	s := readSettings(modelOf(t, block), v.lookup)
	config := s.config()
	o := outcome{
		Region: config.Region, ProjectID: config.ProjectID, ProjectName: config.ProjectName, Cloud: config.Cloud,
		Endpoints: config.Endpoints, AssumeRole: config.AssumeRole, MaxRetries: config.MaxRetries,
		Insecure: s.insecure(), Unknown: config.Unknown, Faults: faultsOf(s.diags),
	}
	if len(o.Endpoints) == 0 {
		o.Endpoints = nil
	}
	if config.Credentials == nil {
		o.None = "no source"
		return o
	}
	var err error
	if o.Credentials, err = config.Credentials(t.Context(), client.New(client.Config{Transport: offline{}, Direct: offline{}}), ownRegion); err != nil {
		o.None = err.Error()
	}
	return o
}

// offline is a network without anybody.
type offline struct{}

func (offline) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("offline") }

// nothingOnThisMachine is what the chain finds where nobody answers.
func nothingOnThisMachine() string {
	return "there are no credentials; the SDK's credentials file " + os.Getenv("HOME") + "/.huaweicloud/credentials: there is no such file; " +
		"the agency of this ECS host: no metadata at 169.254.169.254, so that this is no ECS host; " +
		"the identity of this CCE pod: the variable HC_CONTAINER_CREDENTIALS_FULL_URI is not set"
}

// modelOf is the model of a block with these arguments.
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
