// SPDX-License-Identifier: MPL-2.0

package client

import (
	"slices"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// scope is where a read takes place: a region, and a project by its ID or by the
// name for a lookup in IAM.
type scope struct {
	region      string
	projectID   string
	projectName string // if projectID is empty
}

// resolve returns the scope of a read through a service. An empty region or
// projectID stands for the provider's own.
//
// It is the only place that knows of arguments that are known only after apply:
// it returns an *UnknownArgumentError for the first one on which the read
// depends. Without a region it returns ErrNoRegion, and for an endpoint that
// serves another region a *transport.ForeignRegionError.
func (c Config) resolve(service transport.Service, region, projectID string) (scope, error) {
	region, err := c.resolveRegion(region)
	if err != nil {
		return scope{}, err
	}
	if err := c.require(c.endpointArguments(service)...); err != nil {
		return scope{}, err
	}
	if _, err := c.endpoints().URL(service, region); err != nil {
		return scope{}, err
	}
	s := scope{region: region, projectID: projectID}
	if projectID == "" {
		if s, err = c.resolveProject(region); err != nil {
			return scope{}, err
		}
	}
	if err := c.require(c.requestArguments(s)...); err != nil {
		return scope{}, err
	}
	return s, nil
}

func (c Config) resolveRegion(region string) (string, error) {
	if region != "" {
		return region, nil
	}
	if err := c.require("region"); err != nil {
		return "", err
	}
	if c.Region == "" {
		if err := c.require("profile", "shared_config_file"); err != nil {
			return "", err // the profile may name the region
		}
		return "", ErrNoRegion
	}
	return c.Region, nil
}

// resolveProject returns the project of a region. The configured project belongs
// to the provider's own region; in any other one, it is the project named after
// the region.
func (c Config) resolveProject(region string) (scope, error) {
	named := scope{region: region, projectName: region}
	if c.ProjectID == "" && c.ProjectName == "" && c.require("project_id", "project_name") == nil {
		return named, nil
	}
	if err := c.require("region"); err != nil {
		return scope{}, err // it says whether the configured project is meant
	}
	if region != c.Region {
		return named, nil
	}
	if err := c.require("project_id"); err != nil {
		return scope{}, err
	}
	if c.ProjectID != "" {
		return scope{region: region, projectID: c.ProjectID}, nil
	}
	if err := c.require("project_name"); err != nil {
		return scope{}, err
	}
	if c.ProjectName != "" {
		named.projectName = c.ProjectName
	}
	return named, nil
}

// requestArguments lists the provider arguments that the requests in a scope
// depend on: the choice of credentials, how requests are sent, and the endpoints
// of IAM and STS if they are needed.
func (c Config) requestArguments(s scope) []string {
	arguments := []string{
		"access_key", "secret_key", "security_token", "token", "profile", "shared_config_file",
		"assume_role_with_oidc", "assume_role", "max_retries", "insecure",
	}
	if s.projectID == "" {
		arguments = append(arguments, c.endpointArguments(transport.IAM)...)
	}
	for _, service := range c.issuers() {
		arguments = append(arguments, c.endpointArguments(service)...)
	}
	return arguments
}

// issuers returns the services that issue credentials.
func (c Config) issuers() []transport.Service {
	services := credentials.Services(c.Credentials)
	for _, role := range c.AssumeRoles {
		services = append(services, role.Service())
	}
	return services
}

// endpointArguments lists the provider arguments that the endpoint of a service
// depends on.
func (c Config) endpointArguments(service transport.Service) []string {
	arguments := []string{"endpoints"}
	if service == transport.IAM {
		arguments = append(arguments, "auth_url")
	}
	if _, configured := c.Endpoints[service]; !configured {
		return append(arguments, "cloud")
	}
	if c.endpoints().ServesOwnRegion(service) {
		return append(arguments, "region")
	}
	return arguments
}

// require returns an error if any of the arguments is known only after apply.
func (c Config) require(arguments ...string) error {
	for _, argument := range arguments {
		if slices.Contains(c.Unknown, argument) {
			return &UnknownArgumentError{Argument: argument}
		}
	}
	return nil
}
