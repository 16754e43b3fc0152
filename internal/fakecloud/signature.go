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

// signature is an Authorization header, taken apart.
type signature struct {
	accessKey     string
	signedHeaders []string // in lower case and sorted
	value         string
}

// parseSignature reads "SDK-HMAC-SHA256 Access=…, SignedHeaders=a;b, Signature=…".
func parseSignature(authorization string) (signature, error) {
	fields, ok := strings.CutPrefix(authorization, algorithm+" ")
	if !ok {
		return signature{}, fmt.Errorf("authorization is not %s", algorithm) // worded by guess
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
		return signature{}, errors.New("authorization is incomplete") // worded by guess
	}
	return s, nil
}

// sign is the whole of SDK-HMAC-SHA256: unlike in AWS's scheme, the secret key
// itself is the key.
func sign(secretKey, date, canonical string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte(algorithm + "\n" + date + "\n" + hexSHA256([]byte(canonical))))
	return hex.EncodeToString(mac.Sum(nil))
}

// canonicalRequest is the text that client and gateway must agree on.
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

// canonicalURI ends in a slash that the request line need not have.
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

// canonicalHeaders has one line for each value, each with a line break.
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

// payloadHash is the body's hash, or the word with which a client leaves the
// body out of the signature. A declared hash must be the true one.
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

// escape is RFC 3986: QueryEscape, but for the space.
func escape(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}
