// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"net/url"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Project is a project in a region, in which the task APIs find an instance, a
// cluster, or a job. The APIs are its methods.
type Project struct {
	Region string
	ID     string
	client *Client
}

// Project returns the project to read in through a service. An empty region or
// id stands for the provider's own. An ID that is not configured is looked up in
// IAM once and cached.
func (c *Client) Project(ctx context.Context, service transport.Service, region, id string) (Project, error) {
	s, err := c.config.resolve(service, region, id)
	if err != nil {
		return Project{}, err
	}
	if s.projectID == "" {
		s.projectID, err = c.projects.do(ctx, projectKey{s.region, s.projectName}, func(ctx context.Context) (string, error) {
			return c.lookUpProject(ctx, s.region, s.projectName)
		})
		if err != nil {
			return Project{}, err
		}
	}
	return Project{Region: s.region, ID: s.projectID, client: c}, nil
}

// lookUpProject asks IAM for the ID of the one project of that name.
//
// API: GET /v3/projects?name={name} (IAM, "Querying Project Information").
func (c *Client) lookUpProject(ctx context.Context, region, name string) (string, error) {
	var response struct {
		transport.ErrorBody
		Projects []struct {
			ID   transport.Text `json:"id"`
			Name transport.Text `json:"name"`
		} `json:"projects"`
	}
	failed := &ProjectLookupError{Region: region, Name: name}
	failed.Err = transport.Do(ctx, c.transport, transport.Request{
		Service: transport.IAM, Region: region, Path: "/v3/projects", Query: url.Values{"name": {name}},
		IAMAction: "iam:projects:listProjects",
	}, &response)
	if failed.Err != nil {
		return "", failed
	}
	for _, p := range response.Projects {
		if p.Name.String() == name && p.ID.String() != "" {
			failed.IDs = append(failed.IDs, p.ID.String())
		}
	}
	if len(failed.IDs) != 1 {
		return "", failed
	}
	if err := transport.CheckIdentifier(failed.IDs[0]); err != nil {
		failed.Err = fmt.Errorf("the ID %w", err)
		return "", failed
	}
	return failed.IDs[0], nil
}

type projectKey struct{ region, name string }
