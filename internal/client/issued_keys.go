// SPDX-License-Identifier: MPL-2.0

package client

import "time"

// keysAnswer is the answer of whoever issues temporary keys.
type keysResponse struct {
	errorBody
	issuedKeys
}

// issuedKeys are temporary keys as those who issue them send them: IAM and the
// metadata of an ECS host in one member, STS and the pod identity in another.
type issuedKeys struct {
	One     *issuedKey `json:"credential"`
	Several *issuedKey `json:"credentials"`
}

// issuedKey has each member under all its names. The decoder finds a member in
// another case too, as securitytoken.
type issuedKey struct {
	Access             Text `json:"access"`
	AccessKeyID        Text `json:"accessKeyId"`
	AccessKeyIDSnake   Text `json:"access_key_id"`
	Secret             Text `json:"secret"`
	SecretKey          Text `json:"secretAccessKey"`
	SecretKeySnake     Text `json:"secret_access_key"`
	SecurityToken      Text `json:"securityToken"`
	SecurityTokenSnake Text `json:"security_token"`
	ExpiresAt          Text `json:"expires_at"`
	Expiration         Text `json:"expiration"`
}

// credentials returns the keys, empty ones if there are none.
func (i *issuedKeys) credentials() Credentials {
	key := i.One
	if key == nil {
		key = i.Several
	}
	if key == nil {
		return Credentials{}
	}
	// Where the end cannot be read, keys serve until they are refused.
	expires, _ := time.Parse(time.RFC3339Nano, first(key.ExpiresAt, key.Expiration))
	return Credentials{
		AccessKey:     first(key.Access, key.AccessKeyID, key.AccessKeyIDSnake),
		SecretKey:     first(key.Secret, key.SecretKey, key.SecretKeySnake),
		SecurityToken: first(key.SecurityToken, key.SecurityTokenSnake),
		Expires:       expires,
	}
}

// verify implements verifiable.
func (i *issuedKeys) verify() (Kind, string) {
	if i.credentials().empty() {
		return KindMalformed, "it holds no access key and secret key"
	}
	return 0, ""
}
