// SPDX-License-Identifier: MPL-2.0

package credentials

// keys returns the profile that holds the keys: another one if the profile is for
// an agency and names it. It may do so itself.
func (p Profile) keys() (Profile, error) {
	for range len(p.others) + 1 {
		if !p.hasSource() {
			return p, nil
		}
		source, err := find(p.others, p.SourceProfile)
		if err != nil {
			return Profile{}, p.errorf("takes its keys from another profile (sourceProfile), but %w", err)
		}
		p = source
	}
	return Profile{}, p.errorf("takes its keys from itself (sourceProfile)")
}

// OnECS reports whether the profile, or the one that holds its keys, stands for
// the agency of the ECS host.
func (p Profile) OnECS() bool {
	keys, err := p.keys()
	return err == nil && keys.Mode == modeECSAgency
}

// AssumeRoles returns the agencies that the profile names, each of which is
// assumed with the credentials of the one before.
func (p Profile) AssumeRoles() ([]AssumeRole, error) {
	if _, err := p.keys(); err != nil { // so that the recursion ends
		return nil, err
	}
	var roles []AssumeRole
	if p.hasSource() {
		source, _ := find(p.others, p.SourceProfile) // found by keys
		var err error
		if roles, err = source.AssumeRoles(); err != nil {
			return nil, err
		}
	}
	role, err := p.assumeRole()
	if role != nil {
		roles = append(roles, *role)
	}
	return roles, err
}

// hasSource reports whether the profile takes its keys from another one.
func (p Profile) hasSource() bool {
	return p.SourceProfile != "" && (p.Mode == modeAssume || p.Mode == modeAgency)
}

// assumeRole returns the agency that the profile itself names, nil for none.
func (p Profile) assumeRole() (*AssumeRole, error) {
	if p.AgencyName == "" || p.Mode == modeECSAgency {
		return nil, nil
	}
	role := &AssumeRole{AgencyName: p.AgencyName, DomainName: p.AgencyDomainName}
	if role.DomainName == "" {
		role.DomainID = p.AgencyDomainID
	}
	if role.DomainName == "" && role.DomainID == "" {
		return nil, p.errorf("names the agency %q, but neither agencyDomainName nor agencyDomainId", p.AgencyName)
	}
	return role, nil
}

// Credentials returns the credentials of the profile, depending on its mode.
func (p Profile) Credentials() (Credentials, error) {
	p, err := p.keys()
	if err != nil {
		return Credentials{}, err
	}
	if p.encrypted {
		return Credentials{}, p.errorf("is encrypted, and only KooCLI can decrypt it; disable the encryption with \"hcloud configure set --cli-auth-encrypt=false\"")
	}
	names := Names{AccessKey: "accessKeyId", SecretKey: "secretAccessKey", SecurityToken: "securityToken", Token: "xAuthToken"}
	keys, err := p.ofMode()
	if err != nil {
		return Credentials{}, err
	}
	if err := keys.check(names); err != nil {
		return Credentials{}, p.errorf("cannot be used: %w", err)
	}
	return keys, nil
}

func (p Profile) ofMode() (Credentials, error) {
	keys := Credentials{AccessKey: p.AccessKey, SecretKey: p.SecretKey, SecurityToken: p.SecurityToken}
	switch p.Mode {
	case modeAKSK, "":
		return keys, p.require(!keys.empty(), "needs both accessKeyId and secretAccessKey")
	case modeAssume, modeAgency:
		return keys, p.require(!keys.empty(), "has neither keys nor a sourceProfile that has them")
	case modeSSO:
		sso := p.SSO.Keys
		keys = Credentials{AccessKey: sso.AccessKey, SecretKey: sso.SecretKey, SecurityToken: sso.SecurityToken}
		return keys, p.require(!keys.empty(), "has no ssoAuth.stsToken; sign in with \"hcloud configure sso\"")
	case modeToken:
		return Credentials{Token: p.Token}, p.require(p.Token != "", "has no xAuthToken")
	default:
		return Credentials{}, p.errorf("has the mode %q, which this provider does not support; it supports AKSK, ecsAgency, SSO, AssumeRole, token, and agency", p.Mode)
	}
}
