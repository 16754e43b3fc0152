// SPDX-License-Identifier: MPL-2.0

package acceptance_test

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

// publicHosts knocks at the hosts under which the tables of the SDK and of the
// official provider look for a service, without keys: the gateway refuses that
// with APIGW.0301 where it has the API, and with APIGW.0101 where it has not.
func (s *survey) publicHosts() error {
	if os.Getenv(endpoints) != "" || os.Getenv("HW_CLOUD") != "" {
		return skipped("the public hosts mean nothing beside " + endpoints + " or HW_CLOUD")
	}
	name := os.Getenv(region)
	if err := transport.CheckHost(name); err != nil {
		return errors.New(region + " is no region")
	}
	nothing := strings.Repeat("0", 32)
	for _, place := range []struct {
		service transport.Service
		path    string
	}{
		{transport.DCS, "/v2/" + nothing + "/jobs/" + nothing},
		{transport.DWS, "/v1/" + nothing + "/clusters/" + nothing + "/actions/SNAPSHOTTING"},
	} {
		for _, domain := range []string{"myhuaweicloud.com", "myhuaweicloud.eu", "myhuaweicloud.cn"} {
			host := fmt.Sprintf("%s.%s.%s", place.service, name, domain)
			found := s.knock("https://" + host + place.path)
			if domain == transport.Domain(place.service, name) {
				found += " (where the provider looks)"
			}
			s.tell(hosts, "%s: %s", host, found)
		}
	}
	return nil
}

func (s *survey) knock(url string) string {
	ctx, cancel := context.WithTimeout(s.t.Context(), 15*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "no host"
	}
	resp, err := s.recorder.next.RoundTrip(req)
	var unknown *net.DNSError
	var foreign *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return "there is no such host"
	case errors.As(err, &foreign):
		return "its certificate is not that of the host"
	case err != nil:
		return "no answer"
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "no whole answer"
	}
	return exchange{status: resp.StatusCode, body: decode(body)}.outcome()
}
