// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
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
// block before the environment before the default. All faults are collected.
type settings struct {
	model    providerModel
	lookup   func(string) (string, bool)
	values   map[string]setting
	unknown  []string
	insecure bool
	diags    diag.Diagnostics
}

// setting is the value of an argument and the variable it comes from, "" for the block.
type setting struct {
	text     string
	variable string
}

// readSettings reads and checks the plain arguments.
func readSettings(m providerModel, lookup func(string) (string, bool)) *settings {
	s := &settings{model: m, lookup: lookup, values: make(map[string]setting)}
	for _, a := range table() {
		v, ok := s.read(a)
		if !ok {
			continue
		}
		if a.check != nil {
			if err := a.check(v.text); err != nil {
				s.diags.Append(malformed(a.name, v, a.variables, err))
				continue
			}
		}
		s.values[a.name] = v
	}
	return s
}

// read finds the value of an argument. An empty string counts as unset; a value
// that is not known yet hides the variables, since it will win over them.
func (s *settings) read(a argument) (setting, bool) {
	v := a.value(s.model)
	if v.IsUnknown() {
		s.unknown = append(s.unknown, a.name)
		return setting{}, false
	}
	if text := plain(v); text != "" {
		return setting{text: text}, true
	}
	for _, name := range a.variables {
		if text, _ := s.lookup(name); text != "" {
			return setting{text: text, variable: name}, true
		}
	}
	return setting{}, false
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
	config := client.Config{
		Region:      s.values[argRegion].text,
		ProjectID:   s.projectID(),
		ProjectName: s.values[argProjectName].text,
		Cloud:       s.values[argCloud].text,
		Endpoints:   s.endpoints(),
		Keys:        s.keys(),
		MaxRetries:  defaultMaxRetries,
	}
	if v, ok := s.values[argMaxRetries]; ok {
		config.MaxRetries, _ = strconv.Atoi(v.text) // checked by checkRetries
	}
	if v, ok := s.values[argInsecure]; ok {
		s.insecure, _ = strconv.ParseBool(v.text) // checked by checkFlag
	}
	if s.insecure {
		s.diags.AddAttributeWarning(path.Root(argInsecure), "TLS certificates are not verified",
			"With insecure (variable HW_INSECURE) anybody on the way can pretend to be Huawei Cloud, and open a gate. Trust a private authority through SSL_CERT_FILE or SSL_CERT_DIR instead.")
	}
	config.Unknown = s.unknown
	return config
}

// projectID returns the project of the provider's own region. One from the
// environment is meant for the environment's region, if that names one.
func (s *settings) projectID() string {
	project := s.values[argProjectID]
	if project.variable != "" {
		region, _ := s.lookup("HW_REGION_NAME")
		if region != "" && region != s.values[argRegion].text {
			return ""
		}
	}
	return project.text
}

// endpoints returns the configured endpoints; auth_url is another name for that of IAM.
func (s *settings) endpoints() map[client.Service]string {
	endpoints := make(map[client.Service]string)
	if s.model.Endpoints.IsUnknown() {
		s.unknown = append(s.unknown, argEndpoints)
	}
	for key, value := range s.model.Endpoints.Elements() {
		at := path.Root(argEndpoints).AtMapKey(key)
		service := client.Service(key)
		url, _ := value.(types.String)
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
			s.diags.Append(twoIAMs(auth, other))
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
