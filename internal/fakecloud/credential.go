// SPDX-License-Identifier: MPL-2.0

package fakecloud

// Each issuer has its own names for the same four fields. IAM's times have six
// digits after the second, those of STS three. Pod identity uses IAM's form in
// the SDK's tests.
const (
	iamTime = "2006-01-02T15:04:05.000000Z"
	stsTime = "2006-01-02T15:04:05.000Z"
)

func (c credential) at(layout string) string { return c.expires.UTC().Format(layout) }

// iam is the response of IAM v3 and of the metadata service.
func (c credential) iam() string {
	type body struct {
		ExpiresAt     string `json:"expires_at"`
		Access        string `json:"access"`
		Secret        string `json:"secret"`
		SecurityToken string `json:"securitytoken"`
	}
	return encode(struct {
		Credential body `json:"credential"`
	}{body{c.at(iamTime), c.AccessKey, c.SecretKey, c.SecurityToken}})
}

// assumedAgency is the session that STS and pod identity return.
type assumedAgency struct {
	URN string `json:"urn"`
	ID  string `json:"id"`
}

// sts is the response of STS v5. The agency's ID is derived from its name.
func (c credential) sts(of agency, session string) string {
	type body struct {
		AccessKeyID     string `json:"access_key_id"`
		SecretAccessKey string `json:"secret_access_key"`
		SecurityToken   string `json:"security_token"`
		Expiration      string `json:"expiration"`
	}
	return encode(struct {
		AssumedAgency assumedAgency `json:"assumed_agency"`
		Credentials   body          `json:"credentials"`
	}{
		assumedAgency{
			URN: "sts::" + of.domainID + "::assumed-agency:" + of.name + "/" + session,
			ID:  hexSHA256([]byte(of.name))[:32] + ":" + session,
		},
		body{c.AccessKey, c.SecretKey, c.SecurityToken, c.at(stsTime)},
	})
}

// podIdentity is the response of the pod identity agent. No known client reads
// fields other than the credentials.
func (c credential) podIdentity() string {
	type body struct {
		AccessKeyID     string `json:"accessKeyId"`
		SecretAccessKey string `json:"secretAccessKey"`
		SecurityToken   string `json:"securityToken"`
		Expiration      string `json:"expiration"`
	}
	type subject struct {
		Namespace      string `json:"namespace"`
		ServiceAccount string `json:"serviceAccount"`
	}
	return encode(struct {
		AssumedAgency            assumedAgency `json:"assumedAgency"`
		Audience                 string        `json:"audience"`
		Credentials              body          `json:"credentials"`
		PodIdentityAssociationID string        `json:"podIdentityAssociationId"`
		Subject                  subject       `json:"subject"`
	}{Credentials: body{c.AccessKey, c.SecretKey, c.SecurityToken, c.at(iamTime)}})
}
