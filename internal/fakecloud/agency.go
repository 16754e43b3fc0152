// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Agency is a role of an account that every authenticated client may assume. It
// issues keys through IAM v3, which identifies it by its name and the name or ID
// of its domain, and through STS v5, which identifies it by name and DomainID.
type Agency struct {
	Issuer

	Name, DomainName, DomainID string
}

// agencies holds all agencies that were added; New serves them.
type agencies struct {
	list []agency
}

// agency is the state of an Agency.
type agency struct {
	*issuer

	name, domainName, domainID string
}

// AddAgency adds an agency to IAM, at SecurityTokensPath, and to STS, at
// AssumeAgencyPath. Both issue from the same sequence of keys. Adding an agency
// again replaces it; keys that the old one issued stay valid.
func (c *Cloud) AddAgency(a Agency) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.agencies.list = append(c.agencies.list, agency{c.issuer(a.Issuer), a.Name, a.DomainName, a.DomainID})
}

// find returns the agency that was added last. An empty domain name or ID matches
// any.
func (a *agencies) find(name, domainName, domainID string) (agency, bool) {
	matches := func(want, got string) bool { return want == "" || want == got }
	for _, each := range slices.Backward(a.list) {
		if each.name == name && matches(domainName, each.domainName) && matches(domainID, each.domainID) {
			return each, true
		}
	}
	return agency{}, false
}

// lifetimes are the limits and the default of an API for duration_seconds.
type lifetimes struct {
	least, standard, most int
}

func (l lifetimes) of(requested *int) (time.Duration, error) {
	if requested == nil {
		return time.Duration(l.standard) * time.Second, nil
	}
	if *requested < l.least || *requested > l.most {
		return 0, fmt.Errorf("duration_seconds must be between %d and %d", l.least, l.most)
	}
	return time.Duration(*requested) * time.Second, nil
}

// securityTokens is IAM v3. The 404 for an unknown agency is a guess.
func (a *agencies) securityTokens(body securityTokensBody) Response {
	role, err := body.role()
	if err != nil {
		return iamError(http.StatusBadRequest, err.Error())
	}
	lifetime, err := lifetimes{900, 900, 86400}.of(role.DurationSeconds)
	if err != nil {
		return iamError(http.StatusBadRequest, err.Error())
	}
	found, ok := a.find(role.AgencyName, role.DomainName, role.DomainID)
	if !ok {
		return iamError(http.StatusNotFound, "Could not find agency: "+role.AgencyName+".")
	}
	return Response{Status: http.StatusCreated, Body: found.issue(lifetime).iam()}
}

type assumedRole struct {
	AgencyName      string `json:"agency_name"`
	DomainName      string `json:"domain_name"`
	DomainID        string `json:"domain_id"`
	DurationSeconds *int   `json:"duration_seconds"`
}

func (b securityTokensBody) role() (assumedRole, error) {
	identity := b.Auth.Identity
	switch {
	case !slices.Equal(identity.Methods, []string{"assume_role"}):
		return assumedRole{}, errors.New("methods must be either token or assume_role")
	case identity.AssumeRole == nil || identity.AssumeRole.AgencyName == "":
		return assumedRole{}, errors.New("agency_name is missing")
	case identity.AssumeRole.DomainName == "" && identity.AssumeRole.DomainID == "":
		return assumedRole{}, errors.New("domain_name or domain_id is needed")
	}
	return *identity.AssumeRole, nil
}

// assumeAgency is STS v5. The code and message for an unknown agency are
// published; its HTTP status is a guess, and so is everything about a bad
// request.
func (a *agencies) assumeAgency(r *http.Request) Response {
	var body assumeAgencyBody
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return codedError(http.StatusBadRequest, "STS5.0001", "malformed request body")
	}
	domainID, name, err := body.agency()
	if err != nil {
		return codedError(http.StatusBadRequest, "STS5.0001", err.Error())
	}
	allowed := lifetimes{900, 3600, 43200}
	if r.Header.Get("X-Security-Token") != "" {
		allowed.most = 3600 // the documented limit if the caller's own keys are temporary
	}
	lifetime, err := allowed.of(body.DurationSeconds)
	if err != nil {
		return codedError(http.StatusBadRequest, "STS5.0001", err.Error())
	}
	found, ok := a.find(name, "", domainID)
	if !ok {
		return codedError(http.StatusForbidden, "STS5.1106", "the agency '"+body.AgencyURN+"' cannot be found")
	}
	return Response{Body: found.issue(lifetime).sts(found, body.AgencySessionName)}
}

type assumeAgencyBody struct {
	AgencyURN         string `json:"agency_urn"`
	AgencySessionName string `json:"agency_session_name"`
	DurationSeconds   *int   `json:"duration_seconds"`
}

// agency parses "iam::<domain ID>:agency:<name>".
func (b assumeAgencyBody) agency() (domainID, name string, err error) {
	if length := len(b.AgencySessionName); length < 2 || length > 128 {
		return "", "", errors.New("agency_session_name must have 2 to 128 characters")
	}
	rest, found := strings.CutPrefix(b.AgencyURN, "iam::")
	domainID, name, cut := strings.Cut(rest, ":agency:")
	if !found || !cut || domainID == "" || name == "" {
		return "", "", fmt.Errorf("agency_urn %q is not iam::{account_id}:agency:{agency_name}", b.AgencyURN)
	}
	return domainID, name, nil
}
