// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// providerModel holds the provider's arguments as the block gives them.
type providerModel struct {
	Region        types.String `tfsdk:"region"`
	AccessKey     types.String `tfsdk:"access_key"`
	SecretKey     types.String `tfsdk:"secret_key"`
	SecurityToken types.String `tfsdk:"security_token"`
	ProjectID     types.String `tfsdk:"project_id"`
	ProjectName   types.String `tfsdk:"project_name"`
	Cloud         types.String `tfsdk:"cloud"`
	AuthURL       types.String `tfsdk:"auth_url"`
	Endpoints     types.Map    `tfsdk:"endpoints"`
	Insecure      types.Bool   `tfsdk:"insecure"`
	MaxRetries    types.Int64  `tfsdk:"max_retries"`
}

// argument is a row of the table that decides where each value comes from and
// how it is checked and described. All values are text until they are used, so
// that one from the block and one from a variable go the same way.
type argument struct {
	name        string
	variables   []string // the first one that is set wins
	value       func(providerModel) attr.Value
	check       func(string) error // nil if any text will do
	description string
}

// Names of the arguments, each of which is spelt here alone.
const (
	argRegion        = "region"
	argAccessKey     = "access_key"
	argSecretKey     = "secret_key"
	argSecurityToken = "security_token"
	argProjectID     = "project_id"
	argProjectName   = "project_name"
	argCloud         = "cloud"
	argAuthURL       = "auth_url"
	argEndpoints     = "endpoints"
	argInsecure      = "insecure"
	argMaxRetries    = "max_retries"
)

const defaultMaxRetries = 5

// table lists the plain arguments. The keys are not among them: they are taken
// as one set from one place, see credentials.go, where tokens, agencies and
// profiles will join them.
func table() []argument {
	return []argument{
		{
			argRegion,
			[]string{"HW_REGION_NAME"},
			func(m providerModel) attr.Value { return m.Region }, client.CheckHost,
			"Region of every data source that names none of its own.",
		},
		{
			argProjectID,
			[]string{"HW_PROJECT_ID"},
			func(m providerModel) attr.Value { return m.ProjectID }, client.CheckIdentifier,
			"Id of the project in the provider's own region. Default: it is looked up in IAM by `project_name`.",
		},
		{
			argProjectName,
			[]string{"HW_PROJECT_NAME"},
			func(m providerModel) attr.Value { return m.ProjectName }, nil,
			"Name of the project to look up in the provider's own region. Default: the region's name.",
		},
		{
			argCloud,
			[]string{"HW_CLOUD"},
			func(m providerModel) attr.Value { return m.Cloud }, client.CheckHost,
			"Domain of the cloud. Default: `myhuaweicloud.com`; `myhuaweicloud.eu` for regions that begin with `eu-west-1`; " +
				"`myhuaweicloud.cn` for DWS in the five regions where the cloud's own tables place it there.",
		},
		{
			argAuthURL,
			[]string{"HW_AUTH_URL"},
			func(m providerModel) attr.Value { return m.AuthURL }, checkURL(client.IAM),
			"URL of IAM, with or without `/v3`; the same as `endpoints.iam`. Default: `https://iam.{region}.{cloud}`.",
		},
		{
			argInsecure,
			[]string{"HW_INSECURE"},
			func(m providerModel) attr.Value { return m.Insecure }, checkFlag,
			"Whether to skip the verification of TLS certificates. Default: `false`.",
		},
		{
			argMaxRetries,
			[]string{"HW_MAX_RETRIES"},
			func(m providerModel) attr.Value { return m.MaxRetries }, checkRetries,
			fmt.Sprintf("How often a request is made again after a fault that may pass; `0` turns retrying off. "+
				"A throttled request uses none of them up: it is repeated until the time limit of the read. Default: `%d`.", defaultMaxRetries),
		},
	}
}

// attributes describes all arguments.
func attributes() map[string]schema.Attribute {
	all := map[string]schema.Attribute{
		argAccessKey:     secret("Access key (AK).", 0),
		argSecretKey:     secret("Secret key (SK).", 1),
		argSecurityToken: secret("Security token of temporary keys.", 2),
		argEndpoints: schema.MapAttribute{
			MarkdownDescription: fmt.Sprintf("URL of each service whose endpoint is not the usual one, by its key: %s. "+
				"`%s` in it stands for the region of the read.", serviceKeys(), client.RegionPlaceholder),
			ElementType: types.StringType, Optional: true,
		},
	}
	for _, a := range table() {
		description := a.description + variablesText(a.variables)
		switch a.value(providerModel{}).(type) {
		case types.Bool:
			all[a.name] = schema.BoolAttribute{MarkdownDescription: description, Optional: true}
		case types.Int64:
			all[a.name] = schema.Int64Attribute{MarkdownDescription: description, Optional: true}
		default:
			all[a.name] = schema.StringAttribute{MarkdownDescription: description, Optional: true}
		}
	}
	return all
}

// secret describes the i-th member of a set of keys.
func secret(description string, i int) schema.Attribute {
	var variables []string
	for _, set := range keyVariables() {
		if set[i] != "" {
			variables = append(variables, set[i])
		}
	}
	return schema.StringAttribute{MarkdownDescription: description + variablesText(variables), Optional: true, Sensitive: true}
}

func variablesText(variables []string) string {
	noun := "variable"
	if len(variables) > 1 {
		noun += "s"
	}
	return fmt.Sprintf(" Environment %s: `%s`.", noun, strings.Join(variables, "`, `"))
}

func serviceKeys() string {
	var keys []string
	for _, s := range client.Services() {
		keys = append(keys, "`"+string(s)+"`")
	}
	return strings.Join(keys, ", ")
}
