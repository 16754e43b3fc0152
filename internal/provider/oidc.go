// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// oidcOfBlock returns the identity provider of assume_role_with_oidc, and the
// agency if it names one; ok is false if there is no block.
func (s *settings) oidcOfBlock(iam transport.Client) (from base, ok bool) {
	if s.model.OIDC.IsUnknown() {
		s.unknown = append(s.unknown, argOIDC)
		return base{}, true
	}
	blocks := s.model.OIDC.Elements()
	if len(blocks) == 0 {
		return base{}, false
	}
	if len(blocks) > 1 {
		s.diags.Append(diagnostics.SeveralIdentityProviders())
	}
	block, _ := blocks[0].(types.Object)
	attributes := block.Attributes()
	if anyUnknown(attributes) {
		s.unknown = append(s.unknown, argOIDC)
		return base{}, true
	}
	value := s.oidcValues(attributes)
	provider := credentials.IdentityProvider{ID: value("idp_id").text, Token: value("id_token").text, TokenFile: value("id_token_file").text}
	variables := oidcVariables()
	s.checkIdentityProvider(provider, credentials.Names{IDPID: variables["idp_id"], IDToken: variables["id_token"], IDTokenFile: variables["id_token_file"]})
	for _, attribute := range []string{"idp_id", "id_token"} {
		s.checkSecret(argOIDC+"."+attribute, []string{variables[attribute]}, value(attribute))
	}
	oidc := credentials.OIDC{IdentityProvider: provider, OwnRegion: s.values[argRegion].text, IAM: iam}
	at := path.Root(argOIDC)
	if value("agency_name").text == "" && plain(attributes["domain_id"]) == "" {
		oidc.Duration = s.duration(at, value("duration"), maxIAMSeconds)
		return base{provider: oidc}, true
	}
	return base{provider: oidc, roles: []credentials.AssumeRole{*s.oidcRole(at, value)}}, true
}

// oidcValues returns the values of the block's attributes. The environment
// completes the block; but one ID token hides the other, and if there are
// assume_role blocks, too, the environment does not name an agency.
func (s *settings) oidcValues(attributes map[string]attr.Value) func(attribute string) setting {
	token := plain(attributes["id_token"]) != "" || plain(attributes["id_token_file"]) != ""
	agency := plain(attributes["agency_name"]) != "" || len(s.model.AssumeRole.Elements()) > 0
	return func(attribute string) setting {
		text := plain(attributes[attribute])
		hidden := token && (attribute == "id_token" || attribute == "id_token_file") || agency && attribute == "agency_name"
		if text != "" || hidden {
			return setting{text: text, source: inBlock}
		}
		return s.variable(oidcVariables()[attribute])
	}
}

// oidcRole returns the agency, whose account is named by its ID.
func (s *settings) oidcRole(at path.Path, value func(attribute string) setting) *credentials.AssumeRole {
	role := &credentials.AssumeRole{AgencyName: value("agency_name").text, DomainID: value("domain_id").text}
	for _, attribute := range []string{"agency_name", "domain_id"} {
		if value(attribute).text == "" {
			s.diags.Append(diagnostics.IncompleteAssumeRole(at, attribute, oidcVariables()[attribute]))
		}
	}
	role.Duration = s.duration(at, value("duration"), maxSTSSeconds)
	return role
}

// oidcOfEnvironment returns the identity provider that environment variables
// name. An agency in the environment is assumed like any other one, so that a
// duration without it is that of the identity provider's own keys.
func (s *settings) oidcOfEnvironment(c credentials.Configured, iam transport.Client) base {
	s.checkIdentityProvider(c.IdentityProvider, c.Names)
	for attribute, name := range map[string]string{"idp_id": c.Names.IDPID, "id_token": c.Names.IDToken} {
		s.checkSecret(argOIDC+"."+attribute, []string{name}, s.variable(name))
	}
	oidc := credentials.OIDC{IdentityProvider: c.IdentityProvider, OwnRegion: s.values[argRegion].text, IAM: iam}
	if c.Names.IDPID == oidcVariables()["idp_id"] && s.roleVariable("agency_name").text == "" {
		oidc.Duration = s.duration(path.Root(argOIDC), s.roleVariable("duration"), maxIAMSeconds)
	}
	return base{provider: oidc}
}

// checkIdentityProvider checks what a source holds. The names are those of the
// environment variables.
func (s *settings) checkIdentityProvider(p credentials.IdentityProvider, names credentials.Names) {
	at := path.Root(argOIDC)
	tokens := []string{names.IDTokenFile}
	if names.IDToken != "" {
		tokens = []string{names.IDToken, names.IDTokenFile}
	}
	if p.ID == "" {
		s.diags.Append(diagnostics.IncompleteAssumeRole(at, "idp_id", names.IDPID))
	}
	switch {
	case p.Token == "" && p.TokenFile == "":
		s.diags.Append(diagnostics.IncompleteAssumeRole(at, "id_token or id_token_file", strings.Join(tokens, " or ")))
	case p.Token != "" && p.TokenFile != "":
		s.diags.Append(diagnostics.ConflictingIDTokens(at, tokens))
	}
}
