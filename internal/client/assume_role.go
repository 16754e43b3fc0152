// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// AssumeRole is an agency of an account, which lends temporary keys to those
// whom it trusts.
type AssumeRole struct {
	AgencyName string
	DomainName string        // of the account, unless DomainID is given
	DomainID   string        // of the account: then STS is asked instead of IAM
	Duration   time.Duration // of the keys, in seconds; 0 for the service's own, 15 minutes
}

func (a *AssumeRole) String() string {
	domain := a.DomainName
	if a.DomainID != "" {
		domain = a.DomainID
	}
	return fmt.Sprintf("the agency %s of the account %s", a.AgencyName, domain)
}

// source returns the source of the agency's keys, which are asked for with the
// credentials of base.
func (a *AssumeRole) source(base *holder) Source {
	return func(ctx context.Context, c *Client, region string) (Credentials, error) {
		ask := a.askIAM()
		if a.DomainID != "" {
			ask = a.askSTS()
		}
		ask.region, ask.method, ask.confidential = region, http.MethodPost, true
		var answer keysResponse
		err := c.getAs(ctx, ask, base, &answer)
		var (
			fault *Error
			asker *CredentialsError // about the credentials with which the agency was asked
		)
		if errors.As(err, &fault) && !errors.As(err, &asker) {
			err = &CredentialsError{From: a.String(), Err: err}
		}
		return answer.credentials(), err
	}
}

// askIAM is the request to IAM for keys.
//
// API: POST /v3.0/OS-CREDENTIAL/securitytokens (IAM, "Obtaining a Temporary
// Access Key and Security Token Through an Agency").
func (a *AssumeRole) askIAM() request {
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
	return request{service: IAM, path: "/v3.0/OS-CREDENTIAL/securitytokens", body: body}
}

// askSTS is the request to STS for keys.
//
// API: POST /v5/agencies/assume (STS, "AssumeAgency").
func (a *AssumeRole) askSTS() request {
	body, _ := json.Marshal(struct {
		URN     string `json:"agency_urn"`
		Session string `json:"agency_session_name"`
		Seconds int    `json:"duration_seconds,omitempty"`
	}{fmt.Sprintf("iam::%s:agency:%s", a.DomainID, a.AgencyName), a.AgencyName, a.seconds()})
	return request{service: STS, path: "/v5/agencies/assume", body: body, action: "sts:agencies:assume"}
}

func (a *AssumeRole) seconds() int { return int(a.Duration / time.Second) }
