// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// providerModel holds the arguments of the provider block.
type providerModel struct {
	Region           types.String `tfsdk:"region"`
	AccessKey        types.String `tfsdk:"access_key"`
	SecretKey        types.String `tfsdk:"secret_key"`
	SecurityToken    types.String `tfsdk:"security_token"`
	Token            types.String `tfsdk:"token"`
	Profile          types.String `tfsdk:"profile"`
	SharedConfigFile types.String `tfsdk:"shared_config_file"`
	AssumeRole       types.List   `tfsdk:"assume_role"`
	OIDC             types.List   `tfsdk:"assume_role_with_oidc"`
	ProjectID        types.String `tfsdk:"project_id"`
	ProjectName      types.String `tfsdk:"project_name"`
	Cloud            types.String `tfsdk:"cloud"`
	AuthURL          types.String `tfsdk:"auth_url"`
	Endpoints        types.Map    `tfsdk:"endpoints"`
	Insecure         types.Bool   `tfsdk:"insecure"`
	MaxRetries       types.Int64  `tfsdk:"max_retries"`
}

// argument is a row of the table that says where a value comes from, and how it
// is checked and described. All values are text until they are used, so that
// one from the block and one from the environment are treated alike.
type argument struct {
	name        string
	variables   []string // the first one that is set applies
	value       func(providerModel) attr.Value
	check       func(string) error // nil if any text is valid
	description string
	profile     func(credentials.Profile) string // its value in a profile, nil if it has none there
}

// Names of the arguments.
const (
	argRegion           = "region"
	argAccessKey        = "access_key"
	argSecretKey        = "secret_key"
	argSecurityToken    = "security_token"
	argToken            = "token"
	argProfile          = "profile"
	argSharedConfigFile = "shared_config_file"
	argAssumeRole       = "assume_role"
	argOIDC             = "assume_role_with_oidc"
	argProjectID        = "project_id"
	argProjectName      = "project_name"
	argCloud            = "cloud"
	argAuthURL          = "auth_url"
	argEndpoints        = "endpoints"
	argInsecure         = "insecure"
	argMaxRetries       = "max_retries"
)

const defaultMaxRetries = 5

// profileArguments lists the arguments that name a profile, which is read before
// the others, since it may hold their values.
func profileArguments() []argument {
	return []argument{
		{
			name: argProfile, variables: []string{"HW_PROFILE"},
			value: func(m providerModel) attr.Value { return m.Profile },
			description: "Name of the KooCLI profile to take credentials from, and also region and project if they are not set elsewhere. " +
				"Default if `shared_config_file` is set: the file's current profile.",
		},
		{
			name: argSharedConfigFile, variables: []string{"HW_SHARED_CONFIG_FILE"},
			value:       func(m providerModel) attr.Value { return m.SharedConfigFile },
			description: "Configuration file of KooCLI. Default if `profile` is set: `~/.hcloud/config.json`.",
		},
	}
}

// plainArguments lists the other arguments with one value. Access keys and token
// are not among them: they are taken together from one source, see credentials.go.
func plainArguments() []argument {
	return []argument{
		{
			name: argRegion, variables: []string{"HW_REGION_NAME", "OS_REGION_NAME"},
			value: func(m providerModel) attr.Value { return m.Region }, check: transport.CheckHost,
			profile:     func(p credentials.Profile) string { return p.Region },
			description: "Region of every read that does not set its own.",
		},
		{
			name: argProjectID, variables: []string{"HW_PROJECT_ID", "OS_PROJECT_ID"},
			value: func(m providerModel) attr.Value { return m.ProjectID }, check: transport.CheckIdentifier,
			profile:     func(p credentials.Profile) string { return p.ProjectID },
			description: "ID of the project in the provider's own region. Default: looked up in IAM by `project_name`.",
		},
		{
			name: argProjectName, variables: []string{"HW_PROJECT_NAME", "OS_PROJECT_NAME"},
			value:       func(m providerModel) attr.Value { return m.ProjectName },
			description: "Name of the project to look up in the provider's own region. Default: the region's name.",
		},
		{
			name: argCloud, variables: []string{"HW_CLOUD"},
			value: func(m providerModel) attr.Value { return m.Cloud }, check: transport.CheckHost,
			description: "Domain of the cloud. Default: `myhuaweicloud.com`; `myhuaweicloud.eu` for regions that begin with `eu-west-1`; " +
				"`myhuaweicloud.cn` for DWS in the five regions where the cloud's own tables place it there.",
		},
		{
			name: argAuthURL, variables: []string{"HW_AUTH_URL", "OS_AUTH_URL"},
			value: func(m providerModel) attr.Value { return m.AuthURL }, check: checkURL(transport.IAM),
			description: "URL of IAM, with or without `/v3`; the same as `endpoints.iam`. Default: `https://iam.{region}.{cloud}`.",
		},
		{
			name: argInsecure, variables: []string{"HW_INSECURE"},
			value: func(m providerModel) attr.Value { return m.Insecure }, check: checkFlag,
			profile:     func(p credentials.Profile) string { return p.SkipVerify() },
			description: "Whether to skip the verification of TLS certificates. Default: `false`.",
		},
		{
			name: argMaxRetries, variables: []string{"HW_MAX_RETRIES"},
			value: func(m providerModel) attr.Value { return m.MaxRetries }, check: checkRetries,
			description: fmt.Sprintf("How often a request is retried after transient errors; `0` disables retries. "+
				"A throttled request does not use up retries: it is retried until the timeout of the read. Default: `%d`.", defaultMaxRetries),
		},
	}
}

func accessKeyName(n credentials.Names) string     { return n.AccessKey }
func secretKeyName(n credentials.Names) string     { return n.SecretKey }
func securityTokenName(n credentials.Names) string { return n.SecurityToken }
func tokenName(n credentials.Names) string         { return n.Token }

// environmentVariables returns the variables that may hold one of the credentials.
func environmentVariables(name func(credentials.Names) string) (set []string) {
	for _, names := range credentials.EnvironmentVariables() {
		if variable := name(names); variable != "" {
			set = append(set, variable)
		}
	}
	return set
}

// attributes describes all arguments but blocks.
func attributes() map[string]schema.Attribute {
	secret := func(description string, name func(credentials.Names) string) schema.Attribute {
		return schema.StringAttribute{MarkdownDescription: description + variablesText(environmentVariables(name)), Optional: true, Sensitive: true}
	}
	all := map[string]schema.Attribute{
		argAccessKey:     secret("Access key (AK).", accessKeyName),
		argSecretKey:     secret("Secret key (SK).", secretKeyName),
		argSecurityToken: secret("Security token of temporary access keys.", securityTokenName),
		argToken:         secret("IAM token, instead of access keys. It is valid only in the region for which it was issued.", tokenName),
		argEndpoints: schema.MapAttribute{
			MarkdownDescription: fmt.Sprintf("URLs of services whose endpoint is not the default one, by service: `%s`. "+
				"`%s` in a URL stands for the region of the read.", strings.Join(serviceKeys(), "`, `"), transport.RegionPlaceholder),
			ElementType: types.StringType, Optional: true,
		},
	}
	for _, a := range slices.Concat(profileArguments(), plainArguments()) {
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

func variablesText(variables []string) string {
	noun := "variable"
	if len(variables) > 1 {
		noun += "s"
	}
	return fmt.Sprintf(" Environment %s: `%s`.", noun, strings.Join(variables, "`, `"))
}

func serviceKeys() []string {
	var keys []string
	for _, s := range transport.Services() {
		keys = append(keys, string(s))
	}
	return keys
}
