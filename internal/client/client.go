// SPDX-License-Identifier: MPL-2.0

// Package client reads the task APIs of Huawei Cloud. It knows nothing of
// Terraform.
//
// [Client.Project] resolves the region and the project of a read. The APIs are
// methods of [Project]; each of them documents its method, path, and source. An
// error of a request is a [*transport.Error]; the errors of a configuration that
// lacks something stand in config_errors.go. The Observe methods of the
// responses map their statuses to task states.
package client

import (
	"context"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Config configures a Client. The zero values of Cloud and Endpoints stand for
// the defaults. A value that is missing is an error of the first read that needs
// it.
type Config struct {
	Region      string // of reads that name no region of their own
	ProjectID   string // of Region only, "" for a lookup in IAM
	ProjectName string // of the project to look up in Region, "" for the region's name
	Cloud       string // domain of the cloud, "" for that of transport.Domain
	Endpoints   map[transport.Service]string
	Credentials credentials.Provider     // nil for none
	AssumeRoles []credentials.AssumeRole // each with the credentials of the one before
	Network     *transport.Network

	// Unknown holds the names of the provider arguments whose values are known
	// only after apply.
	Unknown []string
}

// Client reads the task APIs. It is safe for concurrent use.
type Client struct {
	config    Config
	transport *transport.Client
	projects  callCache[projectKey, string]
}

// New returns a client and makes no network call.
func New(config Config) *Client {
	if config.Credentials == nil {
		config.Credentials = credentials.Static(credentials.Credentials{})
	}
	c := config.Issuer()
	c.Credentials = credentials.NewCache(config.Credentials, config.Region)
	for _, role := range config.AssumeRoles {
		// The credentials so far request those of the agency, which authorize all else.
		base := c
		c.Credentials = credentials.NewCache(credentials.Agency{AssumeRole: role, OwnRegion: config.Region, Base: &base}, config.Region)
	}
	return &Client{config: config, transport: &c}
}

// Issuer returns a client without credentials, for the providers of credentials
// that ask a service.
func (c Config) Issuer() transport.Client {
	return transport.Client{Network: c.Network, Endpoints: c.endpoints()}
}

func (c Config) endpoints() transport.Endpoints {
	return transport.Endpoints{Configured: c.Endpoints, Cloud: c.Cloud, OwnRegion: c.Region}
}

// get sends a request of an API and decodes its response.
func (c *Client) get(ctx context.Context, r transport.Request, response transport.Response) error {
	return c.transport.Do(ctx, r, response)
}
