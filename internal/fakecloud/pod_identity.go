// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"encoding/json"
	"net/http"
)

// ServePodIdentity makes the cloud the pod identity agent of a CCE node too, at
// PodIdentityPath, for pods that show this token as their Authorization. Serving
// it again replaces token and issuer.
func (c *Cloud) ServePodIdentity(token string, i Issuer) {
	agent := &podIdentity{issuer: c.issuer(i), projected: token}
	c.serve(http.MethodPost+" "+PodIdentityPath, handlerFunc(agent.credentials))
}

// podIdentity is the agent with the token that Kubernetes has projected into the
// pod.
type podIdentity struct {
	*issuer

	projected string
}

// credentials words its refusals by guess. Whether the agent minds another body
// than the SDK's "{}" is unknown; it must be an object here.
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
