// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// AssumeRole names an agency of an account, which issues temporary keys to the
// accounts that it trusts.
type AssumeRole struct {
	AgencyName string
	DomainName string        // of the account, unless DomainID is set
	DomainID   string        // of the account; if set, STS issues the keys instead of IAM
	Duration   time.Duration // of the keys, in whole seconds; 0 for the service's own, 15 minutes
}

// Service is the service that issues the keys.
func (a AssumeRole) Service() transport.Service {
	if a.DomainID != "" {
		return transport.STS
	}
	return transport.IAM
}

func (a AssumeRole) String() string {
	return fmt.Sprintf("the agency %s of the account %s", a.AgencyName, cmp.Or(a.DomainID, a.DomainName))
}

// maxChained is the longest validity that STS issues to temporary keys. They are
// refreshed, so that a shorter one does no harm.
// Source: STS, "AssumeAgency".
const maxChained = time.Hour

// Agency is the provider of the keys of an agency.
type Agency struct {
	AssumeRole
	OwnRegion string            // in which to request the keys, "" for that of the read
	Base      *transport.Client // with the credentials that may assume the agency
}

// Retrieve implements Provider.
func (a Agency) Retrieve(ctx context.Context, region string) (Credentials, error) {
	region = cmp.Or(a.OwnRegion, region)
	r := a.iamRequest()
	if a.Service() == transport.STS {
		base, err := a.Base.Credentials.Retrieve(ctx, region)
		if err != nil {
			return Credentials{}, err
		}
		if keys, ok := base.(Credentials); ok && keys.SecurityToken != "" {
			a.Duration = min(a.Duration, maxChained)
		}
		r = a.stsRequest()
	}
	r.Service, r.Region, r.Method, r.Confidential = a.Service(), region, http.MethodPost, true
	var response temporaryKeys
	err := a.Base.Do(ctx, r, &response)
	var (
		failed *transport.Error
		base   *RetrieveError // about the credentials of the request
	)
	if errors.As(err, &failed) && !errors.As(err, &base) {
		err = &RetrieveError{Source: a.String(), Err: err}
	}
	return response.credentials(), err
}

// iamRequest is the request to IAM.
//
// API: POST /v3.0/OS-CREDENTIAL/securitytokens (IAM, "Obtaining a Temporary
// Access Key and Security Token Through an Agency").
func (a AssumeRole) iamRequest() transport.Request {
	type assume struct {
		AgencyName string `json:"agency_name"`
		DomainName string `json:"domain_name"`
		Seconds    int    `json:"duration_seconds,omitempty"`
	}
	type identity struct {
		Methods    []string `json:"methods"`
		AssumeRole assume   `json:"assume_role"`
	}
	type auth struct {
		Identity identity `json:"identity"`
	}
	body, _ := json.Marshal(struct {
		Auth auth `json:"auth"`
	}{auth{identity{[]string{"assume_role"}, assume{a.AgencyName, a.DomainName, a.seconds()}}}})
	return transport.Request{Path: "/v3.0/OS-CREDENTIAL/securitytokens", Body: body}
}

// stsRequest is the request to STS.
//
// API: POST /v5/agencies/assume (STS, "AssumeAgency").
func (a AssumeRole) stsRequest() transport.Request {
	body, _ := json.Marshal(struct {
		URN     string `json:"agency_urn"`
		Session string `json:"agency_session_name"`
		Seconds int    `json:"duration_seconds,omitempty"`
	}{fmt.Sprintf("iam::%s:agency:%s", a.DomainID, a.AgencyName), a.AgencyName, a.seconds()})
	return transport.Request{Path: "/v5/agencies/assume", Body: body, IAMAction: "sts:agencies:assume"}
}

func (a AssumeRole) seconds() int { return int(a.Duration / time.Second) }
