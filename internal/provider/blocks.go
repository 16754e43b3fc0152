// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
)

// roleVariables returns the environment variable of each attribute of assume_role.
func roleVariables() map[string]string {
	return map[string]string{
		"agency_name": "HW_ASSUME_ROLE_AGENCY_NAME",
		"domain_name": "HW_ASSUME_ROLE_DOMAIN_NAME",
		"domain_id":   "HW_ASSUME_ROLE_DOMAIN_ID",
		"duration":    "HW_ASSUME_ROLE_DURATION",
	}
}

// oidcVariables returns the environment variable of each attribute of
// assume_role_with_oidc.
func oidcVariables() map[string]string {
	roles := roleVariables()
	return map[string]string{ //nolint:gosec // the names of variables
		"idp_id":        "HW_ASSUME_ROLE_IDP_ID",
		"id_token":      "HW_ASSUME_ROLE_ID_TOKEN",
		"id_token_file": "HW_ASSUME_ROLE_ID_TOKEN_FILE",
		"agency_name":   roles["agency_name"],
		"domain_id":     roles["domain_id"],
		"duration":      roles["duration"],
	}
}

// blocks describes the arguments that are blocks, as in the official provider.
func blocks() map[string]schema.Block {
	return map[string]schema.Block{
		argAssumeRole: schema.ListNestedBlock{
			MarkdownDescription: "Agency to assume with the credentials. All reads use its temporary access keys, which are refreshed before they expire. " +
				"Several blocks are a chain: each agency is assumed with the credentials of the one before. Environment variables complete a single block only.",
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"agency_name": roleText("agency_name", "Name of the agency."),
				"domain_name": roleText("domain_name", "Name of the account that has the agency. IAM issues the keys."),
				"domain_id":   roleText("domain_id", "ID of the account that has the agency. If set, STS issues the keys."),
				"duration": roleSeconds("Validity of the keys in seconds, from 900 to 86400; with `domain_id`, to 43200, " +
					"but at most 3600 if temporary access keys assume the agency. Default: the service's."),
			}},
		},
		argOIDC: schema.ListNestedBlock{
			MarkdownDescription: "OIDC identity provider whose ID token is exchanged for temporary access keys, which are refreshed before they expire. At most one block.",
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"idp_id": schema.StringAttribute{
					MarkdownDescription: "ID of the identity provider in IAM." + variablesText([]string{oidcVariables()["idp_id"], "HUAWEICLOUD_SDK_IDP_ID"}), Optional: true,
				},
				"id_token": schema.StringAttribute{
					MarkdownDescription: "ID token. Set either it or `id_token_file`." + variablesText([]string{oidcVariables()["id_token"]}), Optional: true, Sensitive: true,
				},
				"id_token_file": schema.StringAttribute{
					MarkdownDescription: "File with the ID token. It is read again each time the keys are refreshed." +
						variablesText([]string{oidcVariables()["id_token_file"], "HUAWEICLOUD_SDK_ID_TOKEN_FILE"}), Optional: true,
				},
				"agency_name": roleText("agency_name", "Name of the agency to assume with these keys. Default: none; the reads use the keys themselves."),
				"domain_id":   roleText("domain_id", "ID of the account that has the agency."),
				"duration": roleSeconds("Validity of the agency's keys in seconds, from 900 to 43200, but at most 3600 is requested. " +
					"Without `agency_name`: validity of the identity provider's keys, from 900 to 86400; default: `21600`."),
			}},
		},
	}
}

func roleText(name, description string) schema.Attribute {
	return schema.StringAttribute{MarkdownDescription: description + variablesText([]string{roleVariables()[name]}), Optional: true}
}

func roleSeconds(description string) schema.Attribute {
	return schema.Int64Attribute{MarkdownDescription: description + variablesText([]string{roleVariables()["duration"]}), Optional: true}
}
