// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// endpoints returns the configured endpoints. auth_url is another name for that
// of IAM.
func (s *settings) endpoints() map[transport.Service]string {
	endpoints := make(map[transport.Service]string)
	if s.model.Endpoints.IsUnknown() {
		s.unknown = append(s.unknown, argEndpoints)
	}
	configured := s.model.Endpoints.Elements()
	for _, key := range slices.Sorted(maps.Keys(configured)) {
		service := transport.Service(key)
		url, _ := configured[key].(types.String)
		switch {
		case !slices.Contains(transport.Services(), service):
			s.diags.Append(diagnostics.UnknownEndpointKey(key, serviceKeys()))
		case url.IsUnknown():
			s.unknown = append(s.unknown, argEndpoints)
		case url.ValueString() != "":
			endpoint, err := transport.ParseEndpoint(service, url.ValueString())
			if err != nil {
				s.diags.Append(diagnostics.InvalidEndpoint(key, err))
				continue
			}
			endpoints[service] = endpoint
		}
	}
	if auth, ok := s.values[argAuthURL]; ok {
		iam, _ := transport.ParseEndpoint(transport.IAM, auth.text) // checked by checkURL
		if other, both := endpoints[transport.IAM]; both && other != iam {
			s.conflictingIAMEndpoints(auth, other)
		}
		endpoints[transport.IAM] = iam
	}
	return endpoints
}

func (s *settings) conflictingIAMEndpoints(auth setting, other string) {
	name := argAuthURL
	if auth.source == inEnvironment {
		name = auth.variable
	}
	s.diags.Append(diagnostics.ConflictingIAMEndpoints(name, auth.text, other))
}

func checkURL(service transport.Service) func(string) error {
	return func(text string) error {
		_, err := transport.ParseEndpoint(service, text)
		return err
	}
}
