// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// KooCLI is the provider of the credentials in a profile of KooCLI, Huawei
// Cloud's command line tool. It reads the file each time: a new sign-in changes it.
type KooCLI struct {
	File    string // as ProfileFile returns it
	Profile string // "" for the file's current one
}

// Retrieve implements Provider.
func (k KooCLI) Retrieve(context.Context, string) (Credentials, error) {
	profile, err := ReadProfile(k.File, k.Profile)
	if err == nil {
		var credentials Credentials
		if credentials, err = profile.Credentials(); err == nil {
			return credentials, nil
		}
	}
	return Credentials{}, &RetrieveError{Source: "the profile in the file " + k.File, Err: err}
}

// Profile is a profile in the configuration file of KooCLI.
type Profile struct {
	Name             string         `json:"name"`
	Mode             string         `json:"mode"`
	AccessKey        string         `json:"accessKeyId"`
	SecretKey        string         `json:"secretAccessKey"`
	SecurityToken    string         `json:"securityToken"`
	Token            string         `json:"xAuthToken"`
	Region           string         `json:"region"`
	ProjectID        string         `json:"projectId"`
	AgencyName       string         `json:"agencyName"`
	AgencyDomainName string         `json:"agencyDomainName"`
	AgencyDomainID   string         `json:"agencyDomainId"`
	SkipSecureVerify transport.Flag `json:"skipSecureVerify"`
	SSO              struct {
		Keys struct {
			AccessKey     string `json:"accessKeyId"`
			SecretKey     string `json:"secretAccessKey"`
			SecurityToken string `json:"securityToken"`
		} `json:"stsToken"`
	} `json:"ssoAuth"`

	encrypted bool // so that the keys cannot be read
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

// ProfileFile returns the path of the configuration file, with ~ expanded, and
// that of KooCLI itself for "".
func ProfileFile(file string) string {
	if file == "" {
		return inHome(".hcloud", "config.json")
	}
	if rest, ok := strings.CutPrefix(file, "~/"); ok {
		return inHome(rest)
	}
	return file
}

// ReadProfile reads the profile of that name, the file's current one for "".
func ReadProfile(file, name string) (Profile, error) {
	content, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Profile{}, errors.New("the file does not exist; create it with \"hcloud configure init\"")
	case err != nil:
		return Profile{}, errors.New("the file cannot be read")
	}
	return parseProfile(content, name)
}

// parseProfile repeats nothing of the file in its errors but names.
func parseProfile(content []byte, name string) (Profile, error) {
	var file struct {
		Current     string         `json:"current"`
		Profiles    []Profile      `json:"profiles"`
		AuthEncrypt transport.Flag `json:"authEncrypt"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		var wrongType *json.UnmarshalTypeError
		if errors.As(err, &wrongType) && wrongType.Field != "" {
			return Profile{}, fmt.Errorf("it is not a configuration of KooCLI: the field %s has a wrong type", wrongType.Field)
		}
		return Profile{}, errors.New("it is not a configuration of KooCLI: it is not a JSON object")
	}
	if name == "" {
		name = file.Current
	}
	var others []string
	for _, p := range file.Profiles {
		if p.Name == name && name != "" {
			encrypted := file.AuthEncrypt.Pointer()
			p.encrypted = encrypted != nil && *encrypted
			return p, nil
		}
		if p.Name != "" {
			others = append(others, p.Name)
		}
	}
	return Profile{}, noProfile(name, others)
}

func noProfile(name string, others []string) error {
	missing := fmt.Sprintf("it has no profile %q", name)
	if name == "" {
		missing = "no profile is named, and the file has no current one"
	}
	if len(others) == 0 {
		return errors.New(missing + ", nor any other")
	}
	return fmt.Errorf("%s; its profiles are %s", missing, strings.Join(others, ", "))
}

// OnECS reports whether the profile stands for the agency of the ECS host.
func (p Profile) OnECS() bool { return p.Mode == modeECSAgency }

// SkipVerify returns whether not to verify TLS certificates, as text, "" if the
// profile does not say.
func (p Profile) SkipVerify() string {
	flag := p.SkipSecureVerify.Pointer()
	if flag == nil {
		return ""
	}
	return strconv.FormatBool(*flag)
}

// AssumeRole returns the agency that the profile names, nil for none.
func (p Profile) AssumeRole() (*AssumeRole, error) {
	if p.AgencyName == "" || p.OnECS() {
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
	if p.encrypted {
		return Credentials{}, p.errorf("is encrypted, and only KooCLI can decrypt it; disable the encryption with \"hcloud configure set --cli-auth-encrypt=false\"")
	}
	keys := Credentials{AccessKey: p.AccessKey, SecretKey: p.SecretKey, SecurityToken: p.SecurityToken}
	switch p.Mode {
	case modeAKSK, "":
		return keys, p.require(!keys.empty(), "needs both accessKeyId and secretAccessKey")
	case modeAssume, modeAgency:
		return keys, p.require(!keys.empty(),
			"takes its keys from another profile, which this provider does not support: set profile to that one, and name the agency in assume_role")
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

func (p Profile) require(ok bool, problem string) error {
	if ok {
		return nil
	}
	return p.errorf("%s", problem)
}

func (p Profile) errorf(format string, args ...any) error {
	return fmt.Errorf("the profile %q "+format, append([]any{p.Name}, args...)...)
}
