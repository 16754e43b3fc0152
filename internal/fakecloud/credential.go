// SPDX-License-Identifier: MPL-2.0

package fakecloud

// Each source has its own spelling of the same four words. IAM's times have six
// digits after the second, those of STS three; pod identity follows IAM in the
// SDK's own test.
const (
	iamTime = "2006-01-02T15:04:05.000000Z"
	stsTime = "2006-01-02T15:04:05.000Z"
)

func (c credential) at(layout string) string { return c.expires.UTC().Format(layout) }

// iam is the answer of IAM v3 and of the metadata service.
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

// assumedAgency is the session that STS and pod identity open.
type assumedAgency struct {
	URN string `json:"urn"`
	ID  string `json:"id"`
}

// sts is the answer of STS v5. The id of the agency is made up from its name.
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

// podIdentity is the answer of the pod identity agent, whose members beside the
// credentials nobody has been seen to read.
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
