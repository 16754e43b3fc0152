// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// publicHosts sends a request without credentials to the hosts that the SDK and
// the official provider list for a service. The gateway refuses it with
// APIGW.0301 if it has the API, and with APIGW.0101 if it has not.
func (s *survey) publicHosts() error {
	if os.Getenv(endpoints) != "" || os.Getenv("HW_CLOUD") != "" {
		return skipped("the public hosts mean nothing with " + endpoints + " or HW_CLOUD")
	}
	name := os.Getenv(region)
	if err := transport.CheckHost(name); err != nil {
		return errors.New(region + " is not a region")
	}
	zeros := strings.Repeat("0", 32)
	for _, api := range []struct {
		service transport.Service
		path    string
	}{
		{transport.DCS, "/v2/" + zeros + "/jobs/" + zeros},
		{transport.DWS, "/v1/" + zeros + "/clusters/" + zeros + "/actions/SNAPSHOTTING"},
	} {
		for _, domain := range []string{"myhuaweicloud.com", "myhuaweicloud.eu", "myhuaweicloud.cn"} {
			host := fmt.Sprintf("%s.%s.%s", api.service, name, domain)
			found := s.request("https://" + host + api.path)
			if domain == transport.Domain(api.service, name) {
				found += " (the provider's default)"
			}
			s.answer(hosts, "%s: %s", host, found)
		}
	}
	return nil
}

func (s *survey) request(url string) string {
	ctx, cancel := context.WithTimeout(s.t.Context(), 15*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "not a host"
	}
	resp, err := s.recorder.next.RoundTrip(req)
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host"
	case errors.As(err, &certificate):
		return "the certificate is not that of the host"
	case err != nil:
		return "no response"
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "no complete response"
	}
	return exchange{status: resp.StatusCode, body: decode(body)}.outcome()
}
