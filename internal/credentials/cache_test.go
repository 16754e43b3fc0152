// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// authorizedBy returns the method of each request and what authorized it.
func authorizedBy(cloud *fakecloud.Cloud) []string {
	var all []string
	for _, r := range cloud.Requests() {
		all = append(all, r.Method+authorized(r))
	}
	return all
}

// readAt reads a job at each of the times, in virtual time.
func readAt(t *testing.T, cloud *fakecloud.Cloud, provider func(*transport.Network) Provider, times ...time.Duration) []string {
	t.Helper()
	begin := time.Now()
	network := networkOf(cloud.Transport())
	c := newClient(network, provider(network))
	for _, at := range times {
		time.Sleep(time.Until(begin.Add(at)))
		if err := readJob(t, c, region); err != nil {
			t.Errorf("after %s: %v", at, err)
		}
	}
	return authorizedBy(cloud)
}

func TestCache_refreshesBeforeCredentialsExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		onECS(cloud)
		diff(t, "requests", []string{
			"PUT", "GET", "GET by FAKEISSUED1", "GET by FAKEISSUED1",
			"PUT", "GET", "GET by FAKEISSUED2", "GET by FAKEISSUED2",
		}, readAt(t, cloud, ecs, 0, 54*time.Minute, 56*time.Minute, 100*time.Minute))
	})
}

// TestCache_keepsValidCredentialsWhileARefreshFails, and retries only after a delay.
func TestCache_keepsValidCredentialsWhileARefreshFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		withAgency(cloud)
		cloud.Fail(fakecloud.SecurityTokensPath, fakecloud.Fault{}, fakecloud.Fault{Status: 503, Times: 2})
		forAnHour := AssumeRole{AgencyName: "lender", DomainName: "other", Duration: time.Hour}
		diff(t, "requests", []string{
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1",
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1", // fails
			"GET by FAKEISSUED1",                          // too soon to retry
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1", // fails again
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED2",
		}, readAt(t, cloud, assume(Static(keys), forAnHour), 0, 56*time.Minute, 56*time.Minute+10*time.Second, 57*time.Minute, 58*time.Minute))
	})
}

func TestCache_refreshesRejectedCredentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		withAgency(cloud)
		time.AfterFunc(time.Minute, func() { cloud.Revoke(issued1.AccessKey) })
		diff(t, "requests", []string{
			"POST by FAKEACCESSKEY", "GET by FAKEISSUED1",
			"GET by FAKEISSUED1", "POST by FAKEACCESSKEY", "GET by FAKEISSUED2",
			"GET by FAKEISSUED2",
		}, readAt(t, cloud, assume(Static(keys), throughIAM), 0, 2*time.Minute, 3*time.Minute))
	})
}

// TestCache_doesNotRepeatRejectedCredentials because the gateway locks out
// clients that keep sending them.
func TestCache_doesNotRepeatRejectedCredentials(t *testing.T) {
	for name, test := range map[string]struct {
		provider func(*transport.Network) Provider
		prepare  func(*fakecloud.Cloud)
		want     []string
	}{
		"access keys": {fixed(Static(keys)), func(c *fakecloud.Cloud) { c.Revoke(keys.AccessKey) }, []string{"GET by FAKEACCESSKEY"}},
		"token":       {fixed(Static(Credentials{Token: "old"})), func(*fakecloud.Cloud) {}, []string{"GET by a token"}},
		"an issuer without others": {ecs, func(c *fakecloud.Cloud) {
			c.ServeMetadata(fakecloud.Metadata{Issuer: fakecloud.Issuer{Keys: []fakecloud.Keys{issued1}}})
			c.Revoke(issued1.AccessKey)
		}, []string{"PUT", "GET", "GET by FAKEISSUED1", "PUT", "GET"}},
	} {
		t.Run(name, func(t *testing.T) {
			cloud := newCloud()
			test.prepare(cloud)
			network := networkOf(cloud.Transport())
			network.MaxRetries = 5
			if err := readJob(t, newClient(network, test.provider(network)), region); err == nil {
				t.Error("the request succeeded")
			}
			diff(t, "requests", test.want, authorizedBy(cloud))
		})
	}
}

// TestCache_sharesConcurrentCalls of the provider. The end of the first caller's
// context does not fail the others.
func TestCache_sharesConcurrentCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		withAgency(cloud)
		cloud.Fail(fakecloud.SecurityTokensPath, fakecloud.Fault{Delay: time.Second})
		network := networkOf(cloud.Transport())
		cache := NewCache(agency(network, Static(keys), throughIAM), region)
		canceled, cancel := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		var calls sync.WaitGroup
		for i := range 20 {
			ctx := t.Context()
			if i == 0 {
				ctx = canceled
			}
			calls.Go(func() {
				got, err := cache.Retrieve(ctx, region)
				if ctx.Err() == nil && (err != nil || got.(Credentials).AccessKey != issued1.AccessKey) {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		calls.Wait()
		diff(t, "requests to IAM, one of them canceled", 2, len(cloud.Requests()))
	})
}

// TestCache_sharesARefresh: whatever rejected the same credentials gets the same new ones.
func TestCache_sharesARefresh(t *testing.T) {
	cloud := newCloud()
	onECS(cloud)
	cache := NewCache(ECSMetadata{Network: networkOf(cloud.Transport())}, region)
	first, err := cache.Retrieve(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		fresh, changed, err := cache.Refresh(t.Context(), region, first)
		diff(t, "error", "", textOf(err))
		diff(t, "changed", true, changed)
		diff(t, "access key", issued2.AccessKey, fresh.(Credentials).AccessKey)
	}
	diff(t, "requests", []string{"PUT", "GET", "PUT", "GET"}, authorizedBy(cloud))
}

func TestCache_tokenIsValidInItsRegionOnly(t *testing.T) {
	for own, want := range map[string]string{region: "the token is valid in cn-north-4, not in eu-de", "": "", "eu-de": ""} {
		_, err := NewCache(Static(Credentials{Token: "fake-token"}), own).Retrieve(t.Context(), "eu-de")
		diff(t, "error with the own region "+own, want, textOf(err))
		_, err = NewCache(Static(keys), own).Retrieve(t.Context(), "eu-de")
		diff(t, "error of keys with the own region "+own, "", textOf(err))
	}
	cloud := newCloud()
	err := readJob(t, newClient(networkOf(cloud.Transport()), Static(Credentials{Token: "fake-token"})), "eu-de")
	diff(t, "error of a request", "the token is valid in cn-north-4, not in eu-de", textOf(err))
	diff(t, "requests", 0, len(cloud.Requests()))
}
