// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// rotating is a provider whose credentials change with each refresh.
type rotating struct {
	tokens  []token // the first one is current
	err     error   // of a refresh
	regions []string
}

func (r *rotating) Retrieve(_ context.Context, region string) (Credentials, error) {
	r.regions = append(r.regions, region)
	return r.tokens[0], nil
}

func (r *rotating) Refresh(context.Context, string, Credentials) (Credentials, bool, error) {
	if r.err != nil || len(r.tokens) == 1 {
		return r.tokens[0], false, r.err
	}
	r.tokens = r.tokens[1:]
	return r.tokens[0], true, nil
}

// TestDo_refreshesRejectedCredentialsOnce, however many attempts it makes.
func TestDo_refreshesRejectedCredentialsOnce(t *testing.T) {
	unavailable, rejects := fakecloud.Fault{Status: 503}, fakecloud.Fault{Status: 401}
	for _, test := range []struct {
		name     string
		provider rotating
		faults   []fakecloud.Fault
		statuses []int // of the responses
	}{
		{"accepted", rotating{tokens: []token{valid, "x"}}, nil, []int{200}},
		{"rejected, the next accepted", rotating{tokens: []token{"old", valid}}, nil, []int{401, 200}},
		{"all rejected", rotating{tokens: []token{"old", "older", valid}}, nil, []int{401, 401}},
		{"no others", rotating{tokens: []token{"old"}}, nil, []int{401}},
		{"the refresh fails", rotating{tokens: []token{"old", valid}, err: errors.New("no")}, nil, []int{401}},
		{"a transient error after the refresh", rotating{tokens: []token{"old", valid}}, []fakecloud.Fault{rejects, unavailable}, []int{401, 503, 200}},
		{"rejected again after a retry", rotating{tokens: []token{"a", "b", "c"}}, []fakecloud.Fault{rejects, unavailable, rejects}, []int{401, 503, 401}},
		{"forbidden is not rejected", rotating{tokens: []token{valid, "x"}}, []fakecloud.Fault{{Status: 403}}, []int{403}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud := newCloud()
				cloud.Fail(jobPath, test.faults...)
				c := newClient(cloud.Transport(), 5)
				c.Credentials = &test.provider
				err := readJob(t.Context(), c)
				var statuses []int
				for _, r := range cloud.Requests() {
					statuses = append(statuses, r.Status)
				}
				diff(t, "statuses", test.statuses, statuses)
				diff(t, "region of the credentials", region, test.provider.regions[0])
				if last := statuses[len(statuses)-1]; last != http.StatusOK {
					diff(t, "status in the error", last, requestError(t, err).Status)
				}
			})
		})
	}
}
