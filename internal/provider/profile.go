// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// profile is a profile in the configuration file of KooCLI, Huawei Cloud's
// command line tool.
type profile struct {
	Name             string      `json:"name"`
	Mode             string      `json:"mode"`
	AccessKey        string      `json:"accessKeyId"`
	SecretKey        string      `json:"secretAccessKey"`
	SecurityToken    string      `json:"securityToken"`
	Token            string      `json:"xAuthToken"`
	Region           string      `json:"region"`
	ProjectID        string      `json:"projectId"`
	AgencyName       string      `json:"agencyName"`
	AgencyDomainName string      `json:"agencyDomainName"`
	AgencyDomainID   string      `json:"agencyDomainId"`
	SkipSecureVerify client.Flag `json:"skipSecureVerify"`
	SSO              struct {
		Keys struct {
			AccessKey     string `json:"accessKeyId"`
			SecretKey     string `json:"secretAccessKey"`
			SecurityToken string `json:"securityToken"`
		} `json:"stsToken"`
	} `json:"ssoAuth"`

	encrypted bool // the file is, so that the keys cannot be read
}

// The modes of a profile.
const (
	modeAKSK      = "AKSK"
	modeECSAgency = "ecsAgency"
	modeSSO       = "SSO"
	modeAssume    = "AssumeRole"
	modeToken     = "token"  // of older versions
	modeAgency    = "agency" // of older versions, for AssumeRole
)

// skipVerify returns whether TLS certificates are not to be verified, as text,
// "" where the profile does not tell.
func (p profile) skipVerify() string {
	flag := p.SkipSecureVerify.Pointer()
	if flag == nil {
		return ""
	}
	return strconv.FormatBool(*flag)
}

// profilePlace returns where a profile is named, be it by its file alone.
func (s *settings) profilePlace() source {
	name, file := s.values[argProfile].source, s.values[argSharedConfigFile].source
	if name == inBlock || file == inBlock || s.profileUnknown() {
		return inBlock
	}
	return max(name, file)
}

// profileUnknown reports whether the block names a profile that is not known yet.
func (s *settings) profileUnknown() bool {
	return s.model.Profile.IsUnknown() || s.model.SharedConfigFile.IsUnknown()
}

// openProfile reads the profile that the arguments name. One that only a
// variable names must be readable only if the credentials are to come from it.
func (s *settings) openProfile() {
	if s.profilePlace() == nowhere || s.profileUnknown() {
		return
	}
	p, err := s.readProfile()
	switch {
	case err == nil:
		s.profile = &p
	case s.profilePlace() == inBlock:
		s.diags.Append(profileFault(s.profileFile(), err))
	default:
		s.profileErr = err
	}
}

func (s *settings) profileFile() string {
	file := s.values[argSharedConfigFile].text
	if file == "" {
		return filepath.Join(home(), ".hcloud", "config.json")
	}
	if rest, ok := strings.CutPrefix(file, "~/"); ok {
		return filepath.Join(home(), rest)
	}
	return file
}

func (s *settings) readProfile() (profile, error) {
	content, err := os.ReadFile(s.profileFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return profile{}, errors.New("there is no such file; \"hcloud configure init\" makes one")
	case err != nil:
		return profile{}, errors.New("the file cannot be read")
	}
	return parseProfile(content, s.values[argProfile].text)
}

// parseProfile returns the profile of that name, the current one for "". Its
// errors repeat nothing of the file but names.
func parseProfile(content []byte, name string) (profile, error) {
	var file struct {
		Current     string      `json:"current"`
		Profiles    []profile   `json:"profiles"`
		AuthEncrypt client.Flag `json:"authEncrypt"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		var shape *json.UnmarshalTypeError
		if errors.As(err, &shape) && shape.Field != "" {
			return profile{}, fmt.Errorf("it is not a configuration of KooCLI: its member %s has a wrong type", shape.Field)
		}
		return profile{}, errors.New("it is not a configuration of KooCLI: it is not a JSON object")
	}
	if name == "" {
		name = file.Current
	}
	var names []string
	for _, p := range file.Profiles {
		if p.Name == name && name != "" {
			encrypted := file.AuthEncrypt.Pointer()
			p.encrypted = encrypted != nil && *encrypted
			return p, nil
		}
		if p.Name != "" {
			names = append(names, p.Name)
		}
	}
	missing := fmt.Sprintf("there is no profile %q", name)
	if name == "" {
		missing = "no profile is named, and the file has no current one"
	}
	if len(names) == 0 {
		return profile{}, errors.New(missing + ", nor any other")
	}
	return profile{}, fmt.Errorf("%s; it has %s", missing, strings.Join(names, ", "))
}

// profileCredentials returns the credentials of the profile. The file is read
// again when they are refused: a new sign-in changes it.
func (s *settings) profileCredentials() client.Source {
	if s.profileUnknown() {
		return nil
	}
	if s.profile == nil {
		if s.profileErr != nil {
			s.diags.Append(profileFault(s.profileFile(), s.profileErr))
		}
		return nil
	}
	s.profileChosen = true
	if s.profile.Mode == modeECSAgency {
		return client.ECSAgency()
	}
	if _, err := s.profile.credentials(); err != nil {
		s.diags.Append(profileFault(s.profileFile(), err))
		return nil
	}
	return func(context.Context, *client.Client, string) (client.Credentials, error) {
		var credentials client.Credentials
		p, err := s.readProfile()
		if err == nil {
			credentials, err = p.credentials()
		}
		if err != nil {
			return client.Credentials{}, &client.CredentialsError{From: "the profile in the file " + s.profileFile(), Err: err}
		}
		return credentials, nil
	}
}

// credentials returns what the profile holds, as its mode tells.
func (p profile) credentials() (client.Credentials, error) {
	fault := func(format string, args ...any) (client.Credentials, error) {
		return client.Credentials{}, fmt.Errorf("the profile %q "+format, append([]any{p.Name}, args...)...)
	}
	if p.encrypted {
		return fault("is encrypted, which only KooCLI itself can undo; turn that off with \"hcloud configure set --cli-auth-encrypt=false\"")
	}
	switch p.Mode {
	case modeAKSK, modeAssume, modeAgency, "":
		switch {
		case p.AccessKey != "" && p.SecretKey != "":
		case p.Mode == modeAssume || p.Mode == modeAgency:
			return fault("takes its keys from another profile, which this provider does not follow: set profile to that one, and name the agency in assume_role")
		default:
			return fault("needs both accessKeyId and secretAccessKey")
		}
		return client.Credentials{AccessKey: p.AccessKey, SecretKey: p.SecretKey, SecurityToken: p.SecurityToken}, nil
	case modeSSO:
		if p.SSO.Keys.AccessKey == "" || p.SSO.Keys.SecretKey == "" {
			return fault("has no ssoAuth.stsToken; sign in with \"hcloud configure sso\"")
		}
		return client.Credentials{AccessKey: p.SSO.Keys.AccessKey, SecretKey: p.SSO.Keys.SecretKey, SecurityToken: p.SSO.Keys.SecurityToken}, nil
	case modeToken:
		if p.Token == "" {
			return fault("has no xAuthToken")
		}
		return client.Credentials{Token: p.Token}, nil
	default:
		return fault("has the mode %q, which this provider does not know; it knows AKSK, ecsAgency, SSO, AssumeRole, token and agency", p.Mode)
	}
}
