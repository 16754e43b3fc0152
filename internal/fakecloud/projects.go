// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"net/http"
	"net/url"
	"time"
)

// domainID is the account to which all keys and projects belong.
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

// AddProject registers a project for IAM's look-up by name. A name may be added
// more than once: all its projects are then found.
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

// answer finds the projects of the name and the domain that were asked for. As
// in IAM, a name that nobody has is no error but an empty list.
func (p *projects) answer(r *http.Request, _ time.Duration) (Response, bool) {
	query := r.URL.Query()
	asked := func(key, value string) bool { return !query.Has(key) || query.Get(key) == value }
	body := struct {
		Projects []project `json:"projects"`
		Links    links     `json:"links"`
	}{Projects: []project{}, Links: links{Self: iamURL(r.URL.RequestURI())}}
	for _, each := range p.list {
		if asked("name", each.Name) && asked("domain_id", each.DomainID) {
			body.Projects = append(body.Projects, each)
		}
	}
	return Response{Body: encode(body)}, true
}

// iamURL is a link as IAM sends it: always to the global host, whichever was
// asked.
func iamURL(path string) string { return "https://iam.myhuaweicloud.com" + path }
