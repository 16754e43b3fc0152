// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
)

// Project is a project in a region: the place where the task APIs find an
// instance, a cluster or a job. The APIs are its methods.
type Project struct {
	Region string
	ID     string
	client *Client
}

// Project returns the project to read in through a service. An empty region or id stands for the
// provider's own; an id that is not configured is looked up in IAM once and
// remembered. Another region than the provider's has another project, which
// bears that region's name. A region that the service's endpoint does not serve
// is refused before anything is looked up.
func (c *Client) Project(ctx context.Context, service Service, region, id string) (Project, error) {
	own := c.config.Region
	if region == "" {
		if err := c.needs("region"); err != nil {
			return Project{}, err
		}
		if own == "" {
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
		id, err = c.projects.find(ctx, projectKey{region, name}, c.lookUpProject)
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
func (c *Client) lookUpProject(ctx context.Context, key projectKey) (string, error) {
	var answer struct {
		refusal
		Projects []struct {
			ID   Text `json:"id"`
			Name Text `json:"name"`
		} `json:"projects"`
	}
	failed := &ProjectLookupError{Region: key.region, Name: key.name}
	failed.Err = c.get(ctx, request{
		service: IAM, region: key.region, path: "/v3/projects", query: url.Values{"name": {key.name}},
		action: "iam:projects:listProjects",
	}, &answer)
	if failed.Err != nil {
		return "", failed
	}
	for _, p := range answer.Projects {
		if p.Name.String() == key.name && p.ID.String() != "" {
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

// projectCache remembers the ids that were found, and lets concurrent reads
// share one look-up. A failed look-up is told to those who waited for it, and
// then forgotten.
type projectCache struct {
	mu      sync.Mutex
	lookups map[projectKey]*lookup
}

// lookup is one question to IAM: id and err are set when done is closed.
type lookup struct {
	done chan struct{}
	id   string
	err  error
}

func (p *projectCache) find(ctx context.Context, key projectKey, ask func(context.Context, projectKey) (string, error)) (string, error) {
	for {
		p.mu.Lock()
		running, shared := p.lookups[key]
		if !shared {
			running = &lookup{done: make(chan struct{})}
			if p.lookups == nil {
				p.lookups = make(map[projectKey]*lookup)
			}
			p.lookups[key] = running
		}
		p.mu.Unlock()

		if !shared {
			running.id, running.err = ask(ctx, key)
			if running.err != nil {
				p.forget(key)
			}
			close(running.done)
			return running.id, running.err
		}
		select {
		case <-running.done:
		case <-ctx.Done():
			return "", ctx.Err()
		}
		// Whoever asked may have been cancelled, which is no answer for the others.
		if errors.Is(running.err, context.Canceled) || errors.Is(running.err, context.DeadlineExceeded) {
			continue
		}
		return running.id, running.err
	}
}

func (p *projectCache) forget(key projectKey) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.lookups, key)
}
