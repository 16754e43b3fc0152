// SPDX-License-Identifier: MPL-2.0

package client

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Service is a part of the cloud with an endpoint of its own. Its text is the
// key in the provider's endpoints.
type Service string

// The services that the provider talks to, or will: STS belongs to agencies.
const (
	DCS Service = "dcs"
	DWS Service = "dws"
	CCE Service = "cce"
	IAM Service = "iam"
	STS Service = "sts"
)

// Services lists all services in the order of the documentation.
func Services() []Service { return []Service{DCS, DWS, CCE, IAM, STS} }

// regional reports whether an endpoint of the service knows one region only.
// IAM and STS answer for all of them.
func (s Service) regional() bool { return s == DCS || s == DWS || s == CCE }

// RegionPlaceholder stands for the region of the read in an endpoint.
const RegionPlaceholder = "{region}"

// dwsOnCN are the regions whose DWS the SDK's region table places on
// myhuaweicloud.cn, while it and the official provider keep all other services
// of the same regions on the common domain.
// Source: huaweicloud-sdk-go-v3, services/dws/v2/region.
var dwsOnCN = []string{"cn-south-4", "cn-north-12", "cn-east-4", "tr-west-1", "ap-southeast-4"}

// Domain returns the domain of a service in a region where no cloud is
// configured.
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

// endpoint returns the URL below which a service is found, without a trailing
// slash: the configured one, or https://{service}.{region}.{domain}.
func (c *Client) endpoint(service Service, region string) (string, error) {
	if err := c.needs("endpoints"); err != nil {
		return "", err
	}
	if service == IAM {
		if err := c.needs("auth_url"); err != nil {
			return "", err
		}
	}
	configured, ok := c.config.Endpoints[service]
	if !ok {
		if err := c.needs("cloud"); err != nil {
			return "", err
		}
		domain := c.config.Cloud
		if domain == "" {
			domain = Domain(service, region)
		}
		return fmt.Sprintf("https://%s.%s.%s", service, region, domain), nil
	}
	if service.regional() && !strings.Contains(configured, RegionPlaceholder) {
		if err := c.needs("region"); err != nil {
			return "", err // only the provider's region tells whether the endpoint is meant
		}
		if own := c.config.Region; own != "" && own != region {
			return "", &ForeignRegionError{Service: service, Endpoint: configured, OwnRegion: own, Region: region}
		}
	}
	return strings.ReplaceAll(configured, RegionPlaceholder, region), nil
}

// ParseEndpoint checks a configured endpoint and returns it without a trailing
// slash, for IAM also without its version.
func ParseEndpoint(service Service, text string) (string, error) {
	u, err := url.Parse(strings.ReplaceAll(text, RegionPlaceholder, "region"))
	switch {
	case err != nil:
		return "", errors.New("it is not a URL")
	case u.Scheme != "https" && u.Scheme != "http":
		return "", errors.New("it does not begin with https:// or http://")
	case u.Hostname() == "":
		return "", errors.New("it has no host")
	case u.User != nil:
		return "", errors.New("it holds a user name or a password")
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return "", errors.New("it has a query or a fragment")
	}
	text = strings.TrimRight(text, "/")
	if service == IAM {
		text = strings.TrimRight(strings.TrimSuffix(text, "/v3"), "/")
	}
	return text, nil
}

var (
	identifier = pattern(`^[A-Za-z0-9._-]+$`)
	hostLabels = pattern(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$`)
)

// pattern is a regular expression that is compiled at its first use: together
// they would take a fiftieth of the time that the program needs to start.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// CheckIdentifier returns an error unless the text can be an identifier of the
// cloud, which ends up in a URL's path.
func CheckIdentifier(text string) error {
	switch {
	case text == "":
		return errors.New("it is empty")
	case text == "." || text == "..":
		return fmt.Errorf("%q is a path, not an identifier", text)
	case !identifier().MatchString(text):
		return fmt.Errorf("%q has a character that is neither a letter, a digit, a hyphen, an underscore nor a dot", text)
	}
	return nil
}

// CheckHost returns an error unless the text, a region or a domain, can be a
// part of a host's name: the rest of the URL must not depend on it.
func CheckHost(text string) error {
	if !hostLabels().MatchString(text) {
		return fmt.Errorf("%q cannot be part of a host name", text)
	}
	return nil
}
