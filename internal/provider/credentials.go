// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// keyVariables lists the sets of variables that may hold keys, in the order in
// which they are looked at: access key, secret key and security token. The
// first set is the official provider's, the others are the SDK's.
func keyVariables() [][3]string {
	return [][3]string{
		{"HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN"},
		{"HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"},
		{"CLOUD_SDK_AK", "CLOUD_SDK_SK", ""},
	}
}

// keyNames are the arguments in the order of keyVariables.
func keyNames() [3]string { return [3]string{argAccessKey, argSecretKey, argSecurityToken} }

// keys returns the keys of the first place that holds any: all of them come
// from there, and half a pair is an error. The places are the block and the
// sets of variables. A profile named in the block and a token will stand between
// the two, profiles named by a variable and agencies behind them.
func (s *settings) keys() client.Keys {
	block := [3]types.String{s.model.AccessKey, s.model.SecretKey, s.model.SecurityToken}
	unknown := false
	var values [3]string
	for i, v := range block {
		if v.IsUnknown() {
			s.unknown = append(s.unknown, keyNames()[i])
			unknown = true
		}
		values[i] = v.ValueString()
	}
	if unknown {
		return client.Keys{} // the rest of the set will be known with it
	}
	if values != [3]string{} {
		return s.pair(values, keyNames())
	}
	for _, names := range keyVariables() {
		for i, name := range names {
			if name != "" {
				values[i], _ = s.lookup(name)
			}
		}
		if values != [3]string{} {
			return s.pair(values, names)
		}
	}
	return client.Keys{}
}

// pair makes keys of the values of one place, whose members bear the names.
func (s *settings) pair(values, names [3]string) client.Keys {
	for i := range 2 {
		if values[i] == "" {
			s.diags.Append(halfAPair(keyNames()[i], names[i], present(values, names)))
		}
	}
	return client.Keys{AccessKey: values[0], SecretKey: values[1], SecurityToken: values[2]}
}

// present returns the name of a member that is set.
func present(values, names [3]string) string {
	for i, v := range values {
		if v != "" {
			return names[i]
		}
	}
	return ""
}
