// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"fmt"
	"net/url"
)

// Project is a project in a region: the place where the task APIs find an
// instance, a cluster or a job. The APIs are its methods.
type Project struct {
	Region string
	ID     string
	client *Client
}

// Project returns the project to read in through a service. An empty region or
// id stands for the provider's own; an id that is not configured is looked up in
// IAM once and remembered. Another region than the provider's has another project, which
// bears that region's name. A region that the service's endpoint does not serve
// is refused before anything is looked up.
func (c *Client) Project(ctx context.Context, service Service, region, id string) (Project, error) {
	own := c.config.Region
	if region == "" {
		if err := c.needs("region"); err != nil {
			return Project{}, err
		}
		if own == "" {
			if err := c.needs("profile", "shared_config_file"); err != nil {
				return Project{}, err // it may name the region
			}
			return Project{}, ErrNoRegion
		}
		region = own
	}
	if _, err := c.endpoint(service, region); err != nil {
		return Project{}, err
	}
	if id != "" {
		return Project{Region: region, ID: id, client: c}, nil
	}
	id, name, err := c.configuredProject(region)
	if err == nil && id == "" {
		id, err = c.projects.do(ctx, projectKey{region, name}, func(ctx context.Context) (string, error) {
			return c.lookUpProject(ctx, region, name)
		})
	}
	if err != nil {
		return Project{}, err
	}
	return Project{Region: region, ID: id, client: c}, nil
}

// configuredProject returns the id of a region's project, or where none is
// configured the name to look it up by.
func (c *Client) configuredProject(region string) (id, name string, err error) {
	if c.config.ProjectID == "" && c.config.ProjectName == "" && c.needs("project_id", "project_name") == nil {
		return "", region, nil
	}
	// Only the provider's region tells whether its project is meant.
	if err := c.needs("region"); err != nil {
		return "", "", err
	}
	if region != c.config.Region {
		return "", region, nil
	}
	if err := c.needs("project_id"); err != nil || c.config.ProjectID != "" {
		return c.config.ProjectID, "", err
	}
	if err := c.needs("project_name"); err != nil || c.config.ProjectName != "" {
		return "", c.config.ProjectName, err
	}
	return "", region, nil
}

// lookUpProject asks IAM for the id of the one project of that name.
//
// API: GET /v3/projects?name={name} (IAM, "Querying Project Information").
func (c *Client) lookUpProject(ctx context.Context, region, name string) (string, error) {
	var answer struct {
		errorBody
		Projects []struct {
			ID   Text `json:"id"`
			Name Text `json:"name"`
		} `json:"projects"`
	}
	failed := &ProjectLookupError{Region: region, Name: name}
	failed.Err = c.get(ctx, request{
		service: IAM, region: region, path: "/v3/projects", query: url.Values{"name": {name}},
		action: "iam:projects:listProjects",
	}, &answer)
	if failed.Err != nil {
		return "", failed
	}
	for _, p := range answer.Projects {
		if p.Name.String() == name && p.ID.String() != "" {
			failed.IDs = append(failed.IDs, p.ID.String())
		}
	}
	if len(failed.IDs) != 1 {
		return "", failed
	}
	if err := CheckIdentifier(failed.IDs[0]); err != nil {
		failed.Err = fmt.Errorf("the id %w", err)
		return "", failed
	}
	return failed.IDs[0], nil
}

type projectKey struct{ region, name string }
