// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// The limits of the life of an agency's keys in seconds: the shortest, and the
// longest that IAM and STS give.
// Sources: IAM, "Obtaining a Temporary Access Key and Security Token Through an
// Agency"; STS, "AssumeAgency".
const (
	minRoleSeconds = 15 * 60
	maxIAMSeconds  = 24 * 60 * 60
	maxSTSSeconds  = 12 * 60 * 60
)

// roleVariables gives the variable of each attribute of assume_role.
func roleVariables() map[string]string {
	return map[string]string{
		"agency_name": "HW_ASSUME_ROLE_AGENCY_NAME",
		"domain_name": "HW_ASSUME_ROLE_DOMAIN_NAME",
		"domain_id":   "HW_ASSUME_ROLE_DOMAIN_ID",
		"duration":    "HW_ASSUME_ROLE_DURATION",
	}
}

// blocks describes assume_role, which is a block as in the official provider.
func blocks() map[string]schema.Block {
	text := func(name, description string) schema.Attribute {
		return schema.StringAttribute{MarkdownDescription: description + variablesText([]string{roleVariables()[name]}), Optional: true}
	}
	return map[string]schema.Block{
		argAssumeRole: schema.ListNestedBlock{
			MarkdownDescription: "Agency to assume with the credentials: all reads are made with its temporary keys, which are renewed in time. At most one.",
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"agency_name": text("agency_name", "Name of the agency."),
				"domain_name": text("domain_name", "Name of the account that has the agency. The keys are asked of IAM."),
				"domain_id":   text("domain_id", "Id of the account that has the agency. Where it is set, the keys are asked of STS."),
				"duration": schema.Int64Attribute{
					MarkdownDescription: "Life of the keys in seconds, from 900 to 86400, with `domain_id` to 43200. Default: the service's." + variablesText([]string{roleVariables()["duration"]}),
					Optional:            true,
				},
			}},
		},
	}
}

// assumeRole returns the agency to assume, nil for none: that of the block,
// which variables complete, that of the variables, or that of the profile from
// which the credentials come.
func (s *settings) assumeRole() *client.AssumeRole {
	if s.model.AssumeRole.IsUnknown() {
		s.unknown = append(s.unknown, argAssumeRole)
		return nil
	}
	switch blocks := s.model.AssumeRole.Elements(); len(blocks) {
	case 0:
	case 1:
		role, _ := blocks[0].(types.Object)
		return s.roleOfBlock(role.Attributes())
	default:
		s.diags.Append(severalRoles())
		return nil
	}
	if s.roleVariable("agency_name").text != "" {
		return s.role(s.roleVariable)
	}
	if s.profileChosen && s.profile.AgencyName != "" && s.profile.Mode != modeECSAgency {
		return s.roleOfProfile()
	}
	return nil
}

// roleVariable returns what the variable of an attribute holds.
func (s *settings) roleVariable(attribute string) setting {
	variable := roleVariables()[attribute]
	text, _ := s.lookup(variable)
	return setting{text: text, source: inEnvironment, variable: variable}
}

func (s *settings) roleOfProfile() *client.AssumeRole {
	p := s.profile
	role := &client.AssumeRole{AgencyName: p.AgencyName, DomainName: p.AgencyDomainName}
	if role.DomainName == "" {
		role.DomainID = p.AgencyDomainID
	}
	if role.DomainName == "" && role.DomainID == "" {
		s.diags.Append(profileFault(s.profileFile(),
			fmt.Errorf("the profile %q names the agency %q, but neither agencyDomainName nor agencyDomainId", p.Name, p.AgencyName)))
	}
	return role
}

func (s *settings) roleOfBlock(attributes map[string]attr.Value) *client.AssumeRole {
	for _, v := range attributes {
		if v.IsUnknown() {
			s.unknown = append(s.unknown, argAssumeRole)
			return nil
		}
	}
	account := plain(attributes["domain_name"]) != "" || plain(attributes["domain_id"]) != ""
	return s.role(func(attribute string) setting {
		text := plain(attributes[attribute])
		if text != "" || account && strings.HasPrefix(attribute, "domain_") { // a variable may name another account
			return setting{text: text, source: inBlock}
		}
		return s.roleVariable(attribute)
	})
}

// role makes an agency of the values of its attributes.
func (s *settings) role(value func(attribute string) setting) *client.AssumeRole {
	name, domain, id := value("agency_name").text, value("domain_name").text, value("domain_id").text
	role := &client.AssumeRole{AgencyName: name, DomainName: domain, DomainID: id}
	if name == "" {
		s.diags.Append(incompleteRole("agency_name", roleVariables()["agency_name"]))
	}
	if domain == "" && id == "" {
		s.diags.Append(incompleteRole("domain_name or domain_id", roleVariables()["domain_name"]+" or "+roleVariables()["domain_id"]))
	}
	if duration := value("duration"); duration.text != "" {
		most := maxIAMSeconds
		if id != "" {
			most = maxSTSSeconds
		}
		seconds, err := strconv.Atoi(duration.text)
		if err != nil || seconds < minRoleSeconds || seconds > most {
			s.diags.Append(invalidDuration(duration, most))
		}
		role.Duration = time.Duration(seconds) * time.Second
	}
	return role
}
