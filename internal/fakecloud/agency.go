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

// Agency is a role of some account that whoever the gateway knows may assume. It
// issues keys through IAM v3, which finds it by its name and by the name or the
// id of its domain, and through STS v5, which finds it by name and DomainID.
type Agency struct {
	Issuer

	Name, DomainName, DomainID string
}

// agencies are all that were added; New serves them.
type agencies struct {
	list []agency
}

// agency is an Agency at work.
type agency struct {
	*issuer

	name, domainName, domainID string
}

// AddAgency makes an agency known to IAM, at SecurityTokensPath, and to STS, at
// AssumeAgencyPath. Both hand out the same row of keys. Adding an agency again
// replaces it; what the old one has handed out stays good.
func (c *Cloud) AddAgency(a Agency) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.agencies.list = append(c.agencies.list, agency{c.issuer(a.Issuer), a.Name, a.DomainName, a.DomainID})
}

// find looks for the latest agency; an empty domain name or id was not asked for.
func (a *agencies) find(name, domainName, domainID string) (agency, bool) {
	asked := func(want, its string) bool { return want == "" || want == its }
	for _, each := range slices.Backward(a.list) {
		if each.name == name && asked(domainName, each.domainName) && asked(domainID, each.domainID) {
			return each, true
		}
	}
	return agency{}, false
}

// period is how long keys may live, as an API bounds it; in seconds.
type period struct {
	least, usual, most int
}

func (p period) of(asked *int) (time.Duration, error) {
	if asked == nil {
		return time.Duration(p.usual) * time.Second, nil
	}
	if *asked < p.least || *asked > p.most {
		return 0, fmt.Errorf("duration_seconds must be between %d and %d", p.least, p.most)
	}
	return time.Duration(*asked) * time.Second, nil
}

// securityTokens is IAM v3. That IAM calls an unknown agency a 404 is a guess,
// and so are all its words; the shape of its errors is known.
func (a *agencies) securityTokens(r *http.Request) Response {
	var body securityTokensBody
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return iamError(http.StatusBadRequest, "The request body is not what is expected.")
	}
	role, err := body.role()
	if err != nil {
		return iamError(http.StatusBadRequest, err.Error())
	}
	lifetime, err := period{900, 900, 86400}.of(role.DurationSeconds)
	if err != nil {
		return iamError(http.StatusBadRequest, err.Error())
	}
	found, ok := a.find(role.AgencyName, role.DomainName, role.DomainID)
	if !ok {
		return iamError(http.StatusNotFound, "Could not find agency: "+role.AgencyName+".")
	}
	return Response{Status: http.StatusCreated, Body: found.issue(lifetime).iam()}
}

type securityTokensBody struct {
	Auth struct {
		Identity struct {
			Methods    []string     `json:"methods"`
			AssumeRole *assumedRole `json:"assume_role"`
		} `json:"identity"`
	} `json:"auth"`
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
		return assumedRole{}, errors.New("methods must be assume_role alone")
	case identity.AssumeRole == nil || identity.AssumeRole.AgencyName == "":
		return assumedRole{}, errors.New("agency_name is missing")
	case identity.AssumeRole.DomainName == "" && identity.AssumeRole.DomainID == "":
		return assumedRole{}, errors.New("domain_name or domain_id is needed")
	}
	return *identity.AssumeRole, nil
}

// assumeAgency is STS v5. Code and words of an unknown agency are published; its
// status is a guess, and so is everything about a bad request.
func (a *agencies) assumeAgency(r *http.Request) Response {
	var body assumeAgencyBody
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return stsError(http.StatusBadRequest, "STS5.0001", "malformed request body")
	}
	domainID, name, err := body.agency()
	if err != nil {
		return stsError(http.StatusBadRequest, "STS5.0001", err.Error())
	}
	allowed := period{900, 3600, 43200}
	if r.Header.Get("X-Security-Token") != "" {
		allowed.most = 3600 // temporary keys get others for an hour only
	}
	lifetime, err := allowed.of(body.DurationSeconds)
	if err != nil {
		return stsError(http.StatusBadRequest, "STS5.0001", err.Error())
	}
	found, ok := a.find(name, "", domainID)
	if !ok {
		return stsError(http.StatusForbidden, "STS5.1106", "the agency '"+body.AgencyURN+"' cannot be found")
	}
	return Response{Body: found.issue(lifetime).sts(found, body.AgencySessionName)}
}

type assumeAgencyBody struct {
	AgencyURN         string `json:"agency_urn"`
	AgencySessionName string `json:"agency_session_name"`
	DurationSeconds   *int   `json:"duration_seconds"`
}

// agency takes "iam::<domain id>:agency:<name>" apart.
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
