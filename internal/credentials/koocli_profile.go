// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// KooCLI is the provider of the credentials in a KooCLI profile. KooCLI is Huawei
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
	SourceProfile    string         `json:"sourceProfile"`
	SkipSecureVerify transport.Flag `json:"skipSecureVerify"`
	SSO              struct {
		Keys struct {
			AccessKey     string `json:"accessKeyId"`
			SecretKey     string `json:"secretAccessKey"`
			SecurityToken string `json:"securityToken"`
		} `json:"stsToken"`
	} `json:"ssoAuth"`

	encrypted bool       // so that the keys cannot be read
	others    []*Profile // of the same file
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
func ProfileFile(file string) string { return expandHome(cmp.Or(file, "~/.hcloud/config.json")) }

// ReadProfile reads the profile of that name, the file's current one for "".
func ReadProfile(file, name string) (Profile, error) {
	content, err := readFile(file)
	switch {
	case errors.Is(err, errNoHome):
		return Profile{}, errors.New("the home directory is not known; set HOME, or shared_config_file to an absolute path")
	case errors.Is(err, fs.ErrNotExist):
		return Profile{}, errors.New("the file does not exist; create it with \"hcloud configure init\"")
	case err != nil:
		return Profile{}, errors.New("the file cannot be read")
	}
	return parseProfile(content, name)
}

// byteOrderMark begins files that some editors write.
const byteOrderMark = "\ufeff"

// parseProfile repeats nothing of the file in its errors but names.
func parseProfile(content []byte, name string) (Profile, error) {
	var file struct {
		Current     string         `json:"current"`
		Profiles    []*Profile     `json:"profiles"`
		AuthEncrypt transport.Flag `json:"authEncrypt"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(content, []byte(byteOrderMark)), &file); err != nil {
		var wrongType *json.UnmarshalTypeError
		if errors.As(err, &wrongType) && wrongType.Field != "" {
			return Profile{}, fmt.Errorf("it is not a configuration of KooCLI: the field %s has a wrong type", wrongType.Field)
		}
		return Profile{}, errors.New("it is not a configuration of KooCLI: it is not a JSON object")
	}
	all := slices.DeleteFunc(file.Profiles, func(p *Profile) bool { return p == nil })
	encrypted := file.AuthEncrypt.Pointer()
	for _, p := range all {
		p.encrypted, p.others = encrypted != nil && *encrypted, all
	}
	if name == "" {
		name = file.Current
	}
	return find(all, name)
}

func find(profiles []*Profile, name string) (Profile, error) {
	var others []string
	for _, p := range profiles {
		if p.Name == name && name != "" {
			return *p, nil
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

// SkipVerify returns whether not to verify TLS certificates, as text, "" if the
// profile does not say.
func (p Profile) SkipVerify() string {
	flag := p.SkipSecureVerify.Pointer()
	if flag == nil {
		return ""
	}
	return strconv.FormatBool(*flag)
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
