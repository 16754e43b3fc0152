// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// providerModel holds the provider's arguments as the block gives them.
type providerModel struct {
	Region           types.String `tfsdk:"region"`
	AccessKey        types.String `tfsdk:"access_key"`
	SecretKey        types.String `tfsdk:"secret_key"`
	SecurityToken    types.String `tfsdk:"security_token"`
	Token            types.String `tfsdk:"token"`
	Profile          types.String `tfsdk:"profile"`
	SharedConfigFile types.String `tfsdk:"shared_config_file"`
	AssumeRole       types.List   `tfsdk:"assume_role"`
	ProjectID        types.String `tfsdk:"project_id"`
	ProjectName      types.String `tfsdk:"project_name"`
	Cloud            types.String `tfsdk:"cloud"`
	AuthURL          types.String `tfsdk:"auth_url"`
	Endpoints        types.Map    `tfsdk:"endpoints"`
	Insecure         types.Bool   `tfsdk:"insecure"`
	MaxRetries       types.Int64  `tfsdk:"max_retries"`
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
	profile     func(profile) string // its value in a profile, nil if it has none there
}

// Names of the arguments, each of which is spelt here alone.
const (
	argRegion           = "region"
	argAccessKey        = "access_key"
	argSecretKey        = "secret_key"
	argSecurityToken    = "security_token"
	argToken            = "token"
	argProfile          = "profile"
	argSharedConfigFile = "shared_config_file"
	argAssumeRole       = "assume_role"
	argProjectID        = "project_id"
	argProjectName      = "project_name"
	argCloud            = "cloud"
	argAuthURL          = "auth_url"
	argEndpoints        = "endpoints"
	argInsecure         = "insecure"
	argMaxRetries       = "max_retries"
)

const defaultMaxRetries = 5

// profileTable lists the arguments that name a profile, which is read before
// the others since it may hold their values.
func profileTable() []argument {
	return []argument{
		{
			name: argProfile, variables: []string{"HW_PROFILE"},
			value: func(m providerModel) attr.Value { return m.Profile },
			description: "Name of the profile of KooCLI to take credentials from and, where they are not set elsewhere, region and project. " +
				"Default, where `shared_config_file` is set: the file's current profile.",
		},
		{
			name: argSharedConfigFile, variables: []string{"HW_SHARED_CONFIG_FILE"},
			value:       func(m providerModel) attr.Value { return m.SharedConfigFile },
			description: "Configuration file of KooCLI. Default, where `profile` is set: `~/.hcloud/config.json`.",
		},
	}
}

// table lists the other plain arguments. Keys and token are not among them:
// they are taken as one set from one place, see credentials.go.
func table() []argument {
	return []argument{
		{
			name: argRegion, variables: []string{"HW_REGION_NAME"},
			value: func(m providerModel) attr.Value { return m.Region }, check: client.CheckHost,
			profile:     func(p profile) string { return p.Region },
			description: "Region of every data source that names none of its own.",
		},
		{
			name: argProjectID, variables: []string{"HW_PROJECT_ID"},
			value: func(m providerModel) attr.Value { return m.ProjectID }, check: client.CheckIdentifier,
			profile:     func(p profile) string { return p.ProjectID },
			description: "Id of the project in the provider's own region. Default: it is looked up in IAM by `project_name`.",
		},
		{
			name: argProjectName, variables: []string{"HW_PROJECT_NAME"},
			value:       func(m providerModel) attr.Value { return m.ProjectName },
			description: "Name of the project to look up in the provider's own region. Default: the region's name.",
		},
		{
			name: argCloud, variables: []string{"HW_CLOUD"},
			value: func(m providerModel) attr.Value { return m.Cloud }, check: client.CheckHost,
			description: "Domain of the cloud. Default: `myhuaweicloud.com`; `myhuaweicloud.eu` for regions that begin with `eu-west-1`; " +
				"`myhuaweicloud.cn` for DWS in the five regions where the cloud's own tables place it there.",
		},
		{
			name: argAuthURL, variables: []string{"HW_AUTH_URL"},
			value: func(m providerModel) attr.Value { return m.AuthURL }, check: checkURL(client.IAM),
			description: "URL of IAM, with or without `/v3`; the same as `endpoints.iam`. Default: `https://iam.{region}.{cloud}`.",
		},
		{
			name: argInsecure, variables: []string{"HW_INSECURE"},
			value: func(m providerModel) attr.Value { return m.Insecure }, check: checkFlag,
			profile:     func(p profile) string { return p.skipVerify() },
			description: "Whether to skip the verification of TLS certificates. Default: `false`.",
		},
		{
			name: argMaxRetries, variables: []string{"HW_MAX_RETRIES"},
			value: func(m providerModel) attr.Value { return m.MaxRetries }, check: checkRetries,
			description: fmt.Sprintf("How often a request is made again after a fault that may pass; `0` turns retrying off. "+
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
		argToken:         secret("Token of IAM instead of keys. It serves the region only for which it was issued.", 3),
		argEndpoints: schema.MapAttribute{
			MarkdownDescription: fmt.Sprintf("URL of each service whose endpoint is not the usual one, by its key: %s. "+
				"`%s` in it stands for the region of the read.", serviceKeys(), client.RegionPlaceholder),
			ElementType: types.StringType, Optional: true,
		},
	}
	for _, a := range slices.Concat(profileTable(), table()) {
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
