// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// settings are the values of the arguments from all sources. The provider block
// takes precedence over the environment, that over the profile, and that over
// the default. All errors are collected.
type settings struct {
	model   providerModel
	lookup  func(string) (string, bool)
	values  map[string]setting
	unknown []string // names of arguments that are known only after apply
	diags   diag.Diagnostics

	profile    *credentials.Profile // nil if none is named, or it cannot be read
	profileErr error                // why a profile that the environment names cannot be read
}

// setting is the value of an argument and where it comes from.
type setting struct {
	text     string
	source   source
	variable string // of the environment
	rank     int    // of the variable among those of the argument
}

// source is where a value comes from, in the order of precedence.
type source int

const (
	unset source = iota
	inBlock
	inEnvironment
	inProfile
)

func (s setting) origin() string {
	switch s.source {
	case inEnvironment:
		return "the environment variable " + s.variable
	case inProfile:
		return "the profile"
	default:
		return "the provider block"
	}
}

// readSettings reads and checks the arguments with one value.
func readSettings(m providerModel, lookup func(string) (string, bool)) *settings {
	s := &settings{model: m, lookup: lookup, values: make(map[string]setting)}
	for _, a := range profileArguments() {
		s.take(a)
	}
	s.readProfile()
	for _, a := range plainArguments() {
		s.take(a)
	}
	return s
}

// take reads and checks an argument.
func (s *settings) take(a argument) {
	v := s.read(a)
	if v.source == unset {
		return
	}
	if a.check != nil {
		if err := a.check(v.text); err != nil {
			s.diags.Append(diagnostics.InvalidProviderArgument(a.name, a.variables, err, v.origin()))
			return
		}
	}
	s.values[a.name] = v
}

// read finds the value of an argument. An empty string counts as unset. An
// unknown value hides the other sources, since it will take precedence over them.
func (s *settings) read(a argument) setting {
	v := a.value(s.model)
	if v.IsUnknown() {
		s.unknown = append(s.unknown, a.name)
		return setting{}
	}
	if text := plain(v); text != "" {
		return setting{text: text, source: inBlock}
	}
	for rank, name := range a.variables {
		if v := s.variable(name); v.text != "" {
			v.rank = rank
			return v
		}
	}
	if a.profile != nil && s.profile != nil {
		if text := a.profile(*s.profile); text != "" {
			return setting{text: text, source: inProfile}
		}
	}
	return setting{}
}

// plain returns a value of the block as text, "" for null.
func plain(v attr.Value) string {
	switch v := v.(type) {
	case types.String:
		return v.ValueString()
	case types.Bool, types.Int64:
		if v.IsNull() {
			return ""
		}
		return v.String()
	default:
		return ""
	}
}

// config returns the configuration of the client, which uses the network.
func (s *settings) config(network *transport.Network) client.Config {
	for _, proxy := range transport.InvalidProxies(s.lookup) {
		s.diags.Append(diagnostics.InvalidProxy(proxy.Name, proxy.Problem))
	}
	config := client.Config{
		Region:      s.values[argRegion].text,
		ProjectID:   s.projectID(),
		ProjectName: s.values[argProjectName].text,
		Cloud:       s.values[argCloud].text,
		Endpoints:   s.endpoints(),
		Network:     network,
	}
	from := s.credentials(config.Issuer())
	config.Credentials = from.provider
	config.AssumeRoles = s.assumeRoles(from)
	if s.insecure() {
		s.diags.Append(diagnostics.Insecure(s.values[argInsecure].origin()))
	}
	config.Unknown = s.unknown
	return config
}

// insecure reports whether not to verify TLS certificates.
func (s *settings) insecure() bool {
	flag, _ := strconv.ParseBool(s.values[argInsecure].text) // checked by checkFlag
	return flag
}

func (s *settings) maxRetries() int {
	v, ok := s.values[argMaxRetries]
	if !ok {
		return defaultMaxRetries
	}
	n, _ := strconv.Atoi(v.text) // checked by checkRetries
	return n
}

// projectID returns the project of the provider's own region. An ID from the
// environment or from a profile is ignored if that source names another region,
// or if a project name takes precedence over it.
func (s *settings) projectID() string {
	project, name, region := s.values[argProjectID], s.values[argProjectName], ""
	if s.model.ProjectName.IsUnknown() {
		name.source = inBlock
	}
	if name.source != unset && name.precedes(project) {
		return ""
	}
	switch project.source {
	case inEnvironment:
		region = s.regionBeside(project.variable)
	case inProfile:
		region = s.profile.Region
	}
	if region != "" && region != s.values[argRegion].text {
		return ""
	}
	return project.text
}

// precedes reports whether a value comes from an earlier source than another.
func (s setting) precedes(other setting) bool {
	return s.source < other.source || s.source == other.source && s.rank < other.rank
}

// regionBeside returns the region that the environment names for a variable: the
// one with the same prefix, or else the first one.
func (s *settings) regionBeside(variable string) string {
	prefix, _, _ := strings.Cut(variable, "_")
	names := []string{"HW_REGION_NAME", "OS_REGION_NAME"}
	return cmp.Or(s.variable(prefix+"_REGION_NAME").text, s.variable(names[0]).text, s.variable(names[1]).text)
}

func checkFlag(text string) error {
	if _, err := strconv.ParseBool(text); err != nil {
		return fmt.Errorf("%q is neither true nor false", text)
	}
	return nil
}

func checkRetries(text string) error {
	switch n, err := strconv.Atoi(text); {
	case err != nil:
		return fmt.Errorf("%q is not a whole number", text)
	case n < 0:
		return errors.New(strings.TrimSpace(text) + " is negative")
	default:
		return nil
	}
}
