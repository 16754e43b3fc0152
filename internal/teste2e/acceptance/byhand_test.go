// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"reflect"

	sdksigner "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	sdkrequest "github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

// byHand repeats a request that the provider has made with another query, which
// the provider would not send. The keys must be in the variables, since those
// that the provider has found elsewhere are its own secret.
func (s *survey) byHand(like exchange, query url.Values) (exchange, error) {
	ak, sk, token := os.Getenv("HW_ACCESS_KEY"), os.Getenv("HW_SECRET_KEY"), os.Getenv("HW_AUTH_TOKEN")
	if os.Getenv("HW_ASSUME_ROLE_AGENCY_NAME") != "" || token == "" && (ak == "" || sk == "") {
		return exchange{}, errors.New("not tried: that needs HW_ACCESS_KEY and HW_SECRET_KEY, or HW_AUTH_TOKEN, and no agency")
	}
	target := *like.request.URL
	target.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, target.String(), nil)
	if err != nil {
		return exchange{}, errors.New("no request could be made")
	}
	req.Header.Set("X-Project-Id", like.request.Header.Get("X-Project-Id"))
	if token != "" {
		req.Header.Set("X-Auth-Token", token)
	} else if err := sign(req, ak, sk, os.Getenv("HW_SECURITY_TOKEN")); err != nil {
		return exchange{}, errors.New("the request could not be signed")
	}
	resp, err := s.recorder.next.RoundTrip(req)
	if err != nil {
		return exchange{}, errors.New("no answer")
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return exchange{}, errors.New("no whole answer")
	}
	e := newExchange(like.api, req, resp, body)
	s.note(e)
	return e, nil
}

// sign signs as the official SDK does.
func sign(req *http.Request, ak, sk, token string) error {
	if token != "" {
		req.Header.Set("X-Security-Token", token)
	}
	b := sdkrequest.NewHttpRequestBuilder().WithMethod(req.Method).
		WithEndpoint(req.URL.Scheme + "://" + req.URL.Host).WithPath(req.URL.Path)
	for name := range req.Header {
		b.AddHeaderParam(name, req.Header.Get(name))
	}
	for name, values := range req.URL.Query() {
		b.AddQueryParam(name, reflect.ValueOf(values))
	}
	headers, err := sdksigner.Sign(b.Build(), ak, sk)
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	return err
}
