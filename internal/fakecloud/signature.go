// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const (
	algorithm = "SDK-HMAC-SHA256"
	basicDate = "20060102T150405Z"
)

// signature is a parsed Authorization header.
type signature struct {
	accessKey     string
	signedHeaders []string // in lowercase and sorted
	value         string
}

// parseSignature parses "SDK-HMAC-SHA256 Access=…, SignedHeaders=a;b, Signature=…".
func parseSignature(authorization string) (signature, error) {
	fields, ok := strings.CutPrefix(authorization, algorithm+" ")
	if !ok {
		return signature{}, fmt.Errorf("authorization is not %s", algorithm) // the text is a guess
	}
	var s signature
	for field := range strings.SplitSeq(fields, ",") {
		switch name, value, _ := strings.Cut(strings.TrimSpace(field), "="); name {
		case "Access":
			s.accessKey = value
		case "SignedHeaders":
			s.signedHeaders = strings.Split(strings.ToLower(value), ";")
			slices.Sort(s.signedHeaders)
		case "Signature":
			s.value = value
		}
	}
	if s.accessKey == "" || s.signedHeaders == nil || s.value == "" {
		return signature{}, errors.New("authorization is incomplete") // the text is a guess
	}
	return s, nil
}

// sign computes an SDK-HMAC-SHA256 signature. Unlike AWS's scheme, it uses the
// secret key itself, without key derivation.
func sign(secretKey, date, canonical string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte(algorithm + "\n" + date + "\n" + hexSHA256([]byte(canonical))))
	return hex.EncodeToString(mac.Sum(nil))
}

// canonicalRequest returns the text that is signed.
func canonicalRequest(r *http.Request, signedHeaders []string, body []byte) (string, error) {
	uri, err := canonicalURI(r.URL.EscapedPath())
	if err != nil {
		return "", err
	}
	query, err := canonicalQuery(r.URL.RawQuery)
	if err != nil {
		return "", err
	}
	headers, err := canonicalHeaders(r, signedHeaders)
	if err != nil {
		return "", err
	}
	payload, err := payloadHash(r.Header.Get("X-Sdk-Content-Sha256"), body)
	if err != nil {
		return "", err
	}
	return strings.Join([]string{r.Method, uri, query, headers, strings.Join(signedHeaders, ";"), payload}, "\n"), nil
}

// canonicalURI ends in a slash even if the request line does not.
func canonicalURI(escapedPath string) (string, error) {
	segments := strings.Split(escapedPath, "/")
	for i, segment := range segments {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return "", fmt.Errorf("read the path: %w", err)
		}
		segments[i] = escape(plain)
	}
	return strings.TrimSuffix(strings.Join(segments, "/"), "/") + "/", nil
}

// canonicalQuery sorts by key, then by value.
func canonicalQuery(rawQuery string) (string, error) {
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return "", fmt.Errorf("read the query: %w", err)
	}
	var pairs []string
	for _, key := range slices.Sorted(maps.Keys(values)) {
		for _, value := range slices.Sorted(slices.Values(values[key])) {
			pairs = append(pairs, escape(key)+"="+escape(value))
		}
	}
	return strings.Join(pairs, "&"), nil
}

// canonicalHeaders has one line per value, each ending in a line break.
func canonicalHeaders(r *http.Request, signedHeaders []string) (string, error) {
	var lines strings.Builder
	for _, name := range signedHeaders {
		values := slices.Sorted(slices.Values(r.Header.Values(name)))
		if name == "host" { // net/http keeps it apart
			values = []string{r.Host}
		}
		if len(values) == 0 {
			return "", fmt.Errorf("signed header %s not found", name)
		}
		for _, value := range values {
			lines.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
		}
	}
	return lines.String(), nil
}

// payloadHash returns the hash of the body, or UNSIGNED-PAYLOAD if the client
// leaves the body out of the signature. A declared hash must match the body.
func payloadHash(declared string, body []byte) (string, error) {
	actual := hexSHA256(body)
	switch declared {
	case "", actual:
		return actual, nil
	case "UNSIGNED-PAYLOAD":
		return declared, nil
	}
	return "", errors.New("x-sdk-content-sha256 is not that of the body")
}

func hexSHA256(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// escape escapes as RFC 3986: like QueryEscape, except for the space.
func escape(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}
