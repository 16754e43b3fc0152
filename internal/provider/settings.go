// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// settings are the arguments with their values, wherever these come from: the
// block before the environment before the profile before the default. All
// faults are collected.
type settings struct {
	model   providerModel
	lookup  func(string) (string, bool)
	values  map[string]setting
	unknown []string
	diags   diag.Diagnostics

	profile       *profile // nil where none is named, or none can be read
	profileErr    error    // why one that a variable names cannot be read: told if the credentials are to come from it
	profileChosen bool     // the credentials come from it
}

// setting is the value of an argument and where it comes from.
type setting struct {
	text     string
	source   source
	variable string // of the environment
}

// place is where a value can come from.
type source int

const (
	nowhere source = iota
	inBlock
	inEnvironment
	inProfile
)

func (s setting) origin() string {
	switch s.source {
	case inEnvironment:
		return "the variable " + s.variable
	case inProfile:
		return "the profile"
	default:
		return "the provider block"
	}
}

// readSettings reads and checks the plain arguments.
func readSettings(m providerModel, lookup func(string) (string, bool)) *settings {
	s := &settings{model: m, lookup: lookup, values: make(map[string]setting)}
	for _, a := range profileTable() {
		s.take(a)
	}
	s.openProfile()
	for _, a := range table() {
		s.take(a)
	}
	return s
}

// take reads and checks an argument.
func (s *settings) take(a argument) {
	v := s.read(a)
	if v.source == nowhere {
		return
	}
	if a.check != nil {
		if err := a.check(v.text); err != nil {
			s.diags.Append(malformed(a.name, v, a.variables, err))
			return
		}
	}
	s.values[a.name] = v
}

// read finds the value of an argument. An empty string counts as unset; a value
// that is not known yet hides the others, since it will win over them.
func (s *settings) read(a argument) setting {
	v := a.value(s.model)
	if v.IsUnknown() {
		s.unknown = append(s.unknown, a.name)
		return setting{}
	}
	if text := plain(v); text != "" {
		return setting{text: text, source: inBlock}
	}
	for _, name := range a.variables {
		if text, _ := s.lookup(name); text != "" {
			return setting{text: text, source: inEnvironment, variable: name}
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

// config returns what the client must know.
func (s *settings) config() client.Config {
	credentials := s.credentials() // which tells assumeRole whether the profile's agency is meant
	config := client.Config{
		Region:      s.values[argRegion].text,
		ProjectID:   s.projectID(),
		ProjectName: s.values[argProjectName].text,
		Cloud:       s.values[argCloud].text,
		Endpoints:   s.endpoints(),
		Credentials: credentials,
		AssumeRole:  s.assumeRole(),
		MaxRetries:  defaultMaxRetries,
	}
	if v, ok := s.values[argMaxRetries]; ok {
		config.MaxRetries, _ = strconv.Atoi(v.text) // checked by checkRetries
	}
	if v := s.values[argInsecure]; s.insecure() {
		s.diags.Append(insecureWarning(v))
	}
	config.Unknown = s.unknown
	return config
}

// insecure reports whether TLS certificates are not to be verified.
func (s *settings) insecure() bool {
	flag, _ := strconv.ParseBool(s.values[argInsecure].text) // checked by checkFlag
	return flag
}

// projectID returns the project of the provider's own region. One from the
// environment or from a profile is meant for the region that this place names,
// if it names one; and a name wins over an id from a later place.
func (s *settings) projectID() string {
	project, name, region := s.values[argProjectID], s.values[argProjectName], ""
	if s.model.ProjectName.IsUnknown() {
		name.source = inBlock
	}
	if name.source != nowhere && name.source < project.source {
		return ""
	}
	switch project.source {
	case inEnvironment:
		region, _ = s.lookup("HW_REGION_NAME")
	case inProfile:
		region = s.profile.Region
	}
	if region != "" && region != s.values[argRegion].text {
		return ""
	}
	return project.text
}

// endpoints returns the configured endpoints; auth_url is another name for that of IAM.
func (s *settings) endpoints() map[client.Service]string {
	endpoints := make(map[client.Service]string)
	if s.model.Endpoints.IsUnknown() {
		s.unknown = append(s.unknown, argEndpoints)
	}
	configured := s.model.Endpoints.Elements()
	for _, key := range slices.Sorted(maps.Keys(configured)) {
		at := path.Root(argEndpoints).AtMapKey(key)
		service := client.Service(key)
		url, _ := configured[key].(types.String)
		switch {
		case !slices.Contains(client.Services(), service):
			s.diags.Append(unknownEndpoint(at, key))
		case url.IsUnknown():
			s.unknown = append(s.unknown, argEndpoints)
		case url.ValueString() != "":
			endpoint, err := client.ParseEndpoint(service, url.ValueString())
			if err != nil {
				s.diags.Append(malformedEndpoint(at, err))
				continue
			}
			endpoints[service] = endpoint
		}
	}
	if auth, ok := s.values[argAuthURL]; ok {
		iam, _ := client.ParseEndpoint(client.IAM, auth.text) // checked by checkURL
		if other, both := endpoints[client.IAM]; both && other != iam {
			s.diags.Append(conflictingIAMEndpoints(auth, other))
		}
		endpoints[client.IAM] = iam
	}
	return endpoints
}

func checkURL(service client.Service) func(string) error {
	return func(text string) error {
		_, err := client.ParseEndpoint(service, text)
		return err
	}
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
