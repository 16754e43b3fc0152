// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"encoding/json"
	"net/http"
)

// ServePodIdentity serves the pod identity agent of a CCE node at
// PodIdentityPath, for pods that send this token as their Authorization. Serving
// it again replaces the token and the issuer.
func (c *Cloud) ServePodIdentity(token string, i Issuer) {
	agent := &podIdentity{issuer: c.issuer(i), projected: token}
	c.serve(http.MethodPost+" "+PodIdentityPath, handlerFunc(agent.credentials))
}

// podIdentity is the agent with the token that Kubernetes projects into the pod.
type podIdentity struct {
	*issuer

	projected string
}

// credentials returns guessed errors. Whether the agent accepts a body other than
// the SDK's "{}" is unknown; here it must be an object.
func (p *podIdentity) credentials(r *http.Request) Response {
	if r.Header.Get("Authorization") != p.projected {
		return plain(http.StatusUnauthorized, "401 Unauthorized")
	}
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body == nil {
		return plain(http.StatusBadRequest, "400 Bad Request")
	}
	return Response{Body: p.issue(0).podIdentity()}
}
