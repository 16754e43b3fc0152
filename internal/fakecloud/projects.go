// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"net/url"
	"time"
)

// domainID is the account of all keys and projects.
const domainID = "d78cbac186b744899480f25bd022f468"

// projects is IAM's list, in the order of AddProject.
type projects struct {
	list []project
}

// project is one entry of the list as IAM sends it.
type project struct {
	DomainID    string `json:"domain_id"`
	IsDomain    bool   `json:"is_domain"`
	ParentID    string `json:"parent_id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Links       links  `json:"links"`
	ID          string `json:"id"`
	Enabled     bool   `json:"enabled"`
}

type links struct {
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Self     string  `json:"self"`
}

// AddProject adds a project to IAM's lookup by name. If a name is added more than
// once, the lookup returns all its projects.
func (c *Cloud) AddProject(name, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.projects.list = append(c.projects.list, project{
		DomainID: domainID,
		ParentID: domainID,
		Name:     name,
		Links:    links{Self: iamURL(ProjectsPath + "/" + url.PathEscape(id))},
		ID:       id,
		Enabled:  true,
	})
}

// respond returns the projects with the requested name and domain. As in IAM, no
// match is an empty list, not an error.
func (p *projects) respond(r *http.Request, _ time.Duration) (Response, bool) {
	query := r.URL.Query()
	matches := func(key, value string) bool { return !query.Has(key) || query.Get(key) == value }
	body := struct {
		Projects []project `json:"projects"`
		Links    links     `json:"links"`
	}{Projects: []project{}, Links: links{Self: iamURL(r.URL.RequestURI())}}
	for _, each := range p.list {
		if matches("name", each.Name) && matches("domain_id", each.DomainID) {
			body.Projects = append(body.Projects, each)
		}
	}
	return Response{Body: encode(body)}, true
}

// iamURL is a link as IAM sends it: always to the global host.
func iamURL(path string) string { return "https://iam.myhuaweicloud.com" + path }
