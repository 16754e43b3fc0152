// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Service is a service of the cloud. Its text is its key in the provider's
// argument endpoints.
type Service string

// The services that the provider sends requests to.
const (
	DCS Service = "dcs"
	DWS Service = "dws"
	CCE Service = "cce"
	IAM Service = "iam"
	STS Service = "sts"
)

// Services lists all services in the order of the documentation.
func Services() []Service { return []Service{DCS, DWS, CCE, IAM, STS} }

// global reports whether an endpoint of the service serves all regions.
func (s Service) global() bool { return s == IAM || s == STS }

// RegionPlaceholder stands for the region of the read in an endpoint.
const RegionPlaceholder = "{region}"

// Endpoints says where the services are. The zero value stands for the defaults.
type Endpoints struct {
	Configured map[Service]string // as ParseEndpoint returns them
	Cloud      string             // domain of all other services, "" for that of Domain
	OwnRegion  string             // that a configured endpoint without a placeholder serves
}

// URL returns the URL below which a service is found, without a trailing slash:
// the configured one, or https://{service}.{region}.{domain}.
func (e Endpoints) URL(service Service, region string) (string, error) {
	configured, ok := e.Configured[service]
	if !ok {
		return fmt.Sprintf("https://%s.%s.%s", service, region, cmp.Or(e.Cloud, Domain(service, region))), nil
	}
	if e.ServesOwnRegion(service) && e.OwnRegion != "" && e.OwnRegion != region {
		return "", &ForeignRegionError{Service: service, Endpoint: configured, OwnRegion: e.OwnRegion, Region: region}
	}
	return strings.ReplaceAll(configured, RegionPlaceholder, region), nil
}

// ServesOwnRegion reports whether the configured endpoint of a service serves
// the provider's own region only.
func (e Endpoints) ServesOwnRegion(service Service) bool {
	configured, ok := e.Configured[service]
	return ok && !service.global() && !strings.Contains(configured, RegionPlaceholder)
}

// ForeignRegionError reports that an endpoint serves another region than that
// of the request.
type ForeignRegionError struct {
	Service   Service
	Endpoint  string
	OwnRegion string // the provider's
	Region    string // of the request
}

func (e *ForeignRegionError) Error() string {
	return fmt.Sprintf("the endpoint %s of %s serves %s, not %s", e.Endpoint, e.Service, e.OwnRegion, e.Region)
}

// dwsOnCN are the regions whose DWS the SDK's region table places on
// myhuaweicloud.cn, while it and the official provider keep all other services
// of the same regions on the common domain.
// Source: huaweicloud-sdk-go-v3, services/dws/v2/region.
var dwsOnCN = []string{"cn-south-4", "cn-north-12", "cn-east-4", "tr-west-1", "ap-southeast-4"}

// Domain returns the domain of a service in a region if no cloud is configured.
func Domain(service Service, region string) string {
	switch {
	case strings.HasPrefix(region, "eu-west-1"):
		return "myhuaweicloud.eu"
	case service == DWS && slices.Contains(dwsOnCN, region):
		return "myhuaweicloud.cn"
	default:
		return "myhuaweicloud.com"
	}
}

// ParseEndpoint checks a configured endpoint and returns it without a trailing
// slash; for IAM also without its version.
func ParseEndpoint(service Service, text string) (string, error) {
	u, err := url.Parse(strings.ReplaceAll(text, RegionPlaceholder, "region"))
	switch {
	case err != nil:
		return "", errors.New("it is not a valid URL")
	case u.Scheme != "https" && u.Scheme != "http":
		return "", errors.New("it does not begin with https:// or http://")
	case checkAddress(u) != nil:
		return "", checkAddress(u)
	case u.User != nil:
		return "", errors.New("it contains a user name or a password")
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"): // an empty fragment leaves no trace in u
		return "", errors.New("it contains a query or a fragment")
	}
	text = strings.TrimRight(text, "/")
	if service == IAM {
		text = strings.TrimRight(strings.TrimSuffix(text, "/v3"), "/")
	}
	return text, nil
}

var hostLabels = pattern(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$`)

// pattern is a regular expression that is compiled at its first use: together
// they would take a fiftieth of the time that the program needs to start.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// CheckHost returns an error unless the text, a region or a domain, can be part
// of a host name: the rest of the URL must not depend on it.
func CheckHost(text string) error {
	if !hostLabels().MatchString(text) {
		return fmt.Errorf("%q cannot be part of a host name", text)
	}
	return nil
}
