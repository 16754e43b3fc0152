// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
)

// config is a configuration of KooCLI with a profile of each mode, like those
// that its versions write, members that nobody here needs included.
const config = `{
  "language": "en", "mode": "offline", "current": "default", "authEncrypt": "false", "retryCount": 0,
  "profiles": [
    {"name": "default", "mode": "AKSK", "accessKeyId": "FAKEAKSK", "secretAccessKey": "fake-aksk-secret", "securityToken": "",
     "region": "cn-north-4", "projectId": "mine", "domainId": "d", "readTimeout": 10, "connectTimeout": 5, "retryCount": 0,
     "skipSecureVerify": "false", "cliWarning": "false", "agreePrivacyStatement": "yes", "xAuthToken": "", "ssoAuth": {"stsToken": {}}},
    {"name": "temporary", "mode": "AKSK", "accessKeyId": "FAKETEMPORARY", "secretAccessKey": "fake-temporary-secret", "securityToken": "fake-security-token"},
    {"name": "old", "mode": "", "accessKeyId": "FAKEOLD", "secretAccessKey": "fake-old-secret", "region": "eu-de"},
    {"name": "sso", "mode": "SSO", "region": "eu-de", "accessKeyId": "", "skipSecureVerify": true,
     "ssoAuth": {"ssoToken": {"token": "x"}, "stsToken": {"accessKeyId": "FAKESSO", "secretAccessKey": "fake-sso-secret", "securityToken": "fake-sso-token", "expiration": "2030"}}},
    {"name": "token", "mode": "token", "xAuthToken": "fake-iam-token", "projectId": "other"},
    {"name": "agency", "mode": "agency", "accessKeyId": "FAKELENDER", "secretAccessKey": "fake-lender-secret", "agencyName": "a", "agencyDomainName": "d", "agencyDomainId": "i"},
    {"name": "assume", "mode": "AssumeRole", "accessKeyId": "FAKELENDER", "secretAccessKey": "fake-lender-secret", "agencyName": "a", "agencyDomainId": "i"},
    {"name": "ecs", "mode": "ecsAgency", "region": "eu-de", "accessKeyId": "FAKEIDLE", "secretAccessKey": "fake-idle-secret", "agencyName": "a", "agencyDomainName": "d"},

    {"name": "half", "mode": "AKSK", "accessKeyId": "FAKEHALF"},
    {"name": "other half", "secretAccessKey": "fake-half-secret"},
    {"name": "signed out", "mode": "SSO", "accessKeyId": "FAKEHALF", "secretAccessKey": "fake-half-secret"},
    {"name": "half signed in", "mode": "SSO", "ssoAuth": {"stsToken": {"accessKeyId": "FAKEHALF"}}},
    {"name": "without a token", "mode": "token", "accessKeyId": "FAKEHALF", "secretAccessKey": "fake-half-secret"},
    {"name": "agency of another", "mode": "agency", "agencyName": "a", "agencyDomainName": "d"},
    {"name": "role of another", "mode": "AssumeRole", "secretAccessKey": "fake-half-secret"},
    {"name": "strange", "mode": "retina", "accessKeyId": "FAKEHALF", "secretAccessKey": "fake-half-secret"}
  ]
}`

// faultOfProfile is the fault of a profile in a file.
func faultOfProfile(file, problem string) []fault {
	return []fault{{
		Summary: "Unable to use the profile", At: "profile",
		Detail: "profile (variable HW_PROFILE), from the file " + file + " (shared_config_file, variable HW_SHARED_CONFIG_FILE): " + problem + ".",
	}}
}

func TestProfile_ofEachModeHasItsCredentials(t *testing.T) {
	file := write(t, config)
	lent := client.Credentials{AccessKey: "FAKELENDER", SecretKey: "fake-lender-secret"}
	for name, want := range map[string]outcome{
		"":          {Region: ownRegion, ProjectID: "mine", Credentials: client.Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-aksk-secret"}},
		"default":   {Region: ownRegion, ProjectID: "mine", Credentials: client.Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-aksk-secret"}},
		"temporary": {Credentials: client.Credentials{AccessKey: "FAKETEMPORARY", SecretKey: "fake-temporary-secret", SecurityToken: "fake-security-token"}},
		"old":       {Region: elsewhere, Credentials: client.Credentials{AccessKey: "FAKEOLD", SecretKey: "fake-old-secret"}},
		"sso": {
			Region: elsewhere, Insecure: true,
			Credentials: client.Credentials{AccessKey: "FAKESSO", SecretKey: "fake-sso-secret", SecurityToken: "fake-sso-token"},
		},
		"token":  {ProjectID: "other", Credentials: client.Credentials{Token: "fake-iam-token"}},
		"agency": {Credentials: lent, AssumeRole: &client.AssumeRole{AgencyName: "a", DomainName: "d"}},
		"assume": {Credentials: lent, AssumeRole: &client.AssumeRole{AgencyName: "a", DomainID: "i"}},
		"ecs": {
			Region: elsewhere,
			None:   "there are no credentials; the agency of this ECS host: no metadata at 169.254.169.254, so that this is no ECS host",
		},
	} {
		for place, named := range map[string]struct {
			block     args
			variables variables
		}{
			"block":       {args{"profile": name, "shared_config_file": file}, nil},
			"environment": {args{}, variables{"HW_PROFILE": name, "HW_SHARED_CONFIG_FILE": file}},
		} {
			t.Run(name+" in the "+place, func(t *testing.T) {
				want.MaxRetries = 5
				got := settle(t, named.block, named.variables)
				if got.Insecure { // the warning has a test of its own
					got.Faults = nil
				}
				diff(t, "outcome", want, got)
			})
		}
	}
}

func TestProfile_thatCannotBeUsedIsRefused(t *testing.T) {
	const others = "default, temporary, old, sso, token, agency, assume, ecs, half, other half, signed out, half signed in, without a token, agency of another, role of another, strange"
	const source = "takes its keys from another profile, which this provider does not follow: set profile to that one, and name the agency in assume_role"
	encrypted := strings.Replace(config, `"authEncrypt": "false"`, `"authEncrypt": "true"`, 1)
	for _, test := range []struct{ name, config, profile, want string }{
		{"an absent one", config, "Default", `there is no profile "Default"; it has ` + others},
		{"one of none", `{}`, "default", `there is no profile "default", nor any other`},
		{"no current one", `{"profiles": [{"name": "a"}, {"name": "b"}]}`, "", "no profile is named, and the file has no current one; it has a, b"},
		{"no current one of none", `{"profiles": [{}]}`, "", "no profile is named, and the file has no current one, nor any other"},
		{"nothing", `null`, "", "no profile is named, and the file has no current one, nor any other"},
		{"an absent current one", `{"current": "a", "profiles": [{"name": "b"}]}`, "", `there is no profile "a"; it has b`},
		{"half a pair", config, "half", `the profile "half" needs both accessKeyId and secretAccessKey`},
		{"the other half", config, "other half", `the profile "other half" needs both accessKeyId and secretAccessKey`},
		{"SSO without a sign-in", config, "signed out", `the profile "signed out" has no ssoAuth.stsToken; sign in with "hcloud configure sso"`},
		{"SSO with half a pair", config, "half signed in", `the profile "half signed in" has no ssoAuth.stsToken; sign in with "hcloud configure sso"`},
		{"no token", config, "without a token", `the profile "without a token" has no xAuthToken`},
		{"an agency with the keys of another profile", config, "agency of another", `the profile "agency of another" ` + source},
		{"a role with the keys of another profile", config, "role of another", `the profile "role of another" ` + source},
		{"an unknown mode", config, "strange", `the profile "strange" has the mode "retina", which this provider does not know; it knows AKSK, ecsAgency, SSO, AssumeRole, token and agency`},
		{"an encrypted one", encrypted, "default", `the profile "default" is encrypted, which only KooCLI itself can undo; turn that off with "hcloud configure set --cli-auth-encrypt=false"`},
		{"an encrypted one with a token", encrypted, "token", `the profile "token" is encrypted, which only KooCLI itself can undo; turn that off with "hcloud configure set --cli-auth-encrypt=false"`},
		{"an empty file", ``, "", "it is not a configuration of KooCLI: it is not a JSON object"},
		{"text", `accessKeyId = fake-secret`, "", "it is not a configuration of KooCLI: it is not a JSON object"},
		{"half a file", config[:len(config)-10], "", "it is not a configuration of KooCLI: it is not a JSON object"},
		{"a list", `[` + config + `]`, "", "it is not a configuration of KooCLI: it is not a JSON object"},
		{"a string", `"fake-secret"`, "", "it is not a configuration of KooCLI: it is not a JSON object"},
		{"current of a wrong type", `{"current": 1}`, "", "it is not a configuration of KooCLI: its member current has a wrong type"},
		{"profiles of a wrong type", `{"profiles": {"default": {}}}`, "default", "it is not a configuration of KooCLI: its member profiles has a wrong type"},
		{"a profile of a wrong type", `{"profiles": ["fake-secret"]}`, "default", "it is not a configuration of KooCLI: its member profiles has a wrong type"},
		{"a key of a wrong type", `{"profiles": [{"name": "default", "accessKeyId": 12345}]}`, "default", "it is not a configuration of KooCLI: its member profiles.accessKeyId has a wrong type"},
		{"a secret of a wrong type", `{"profiles": [{"ssoAuth": {"stsToken": {"secretAccessKey": ["fake-secret"]}}}]}`, "default", "it is not a configuration of KooCLI: its member profiles.ssoAuth.stsToken.secretAccessKey has a wrong type"},
		{"encryption of a wrong type", `{"authEncrypt": "fake-secret"}`, "default", "it is not a configuration of KooCLI: its member authEncrypt has a wrong type"},
		{"a flag of a wrong type", `{"profiles": [{"skipSecureVerify": 1}]}`, "default", "it is not a configuration of KooCLI: its member profiles.skipSecureVerify has a wrong type"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, test.config)
			want := faultOfProfile(file, test.want)
			diff(t, "faults, named in the block", want, settle(t, args{"profile": test.profile, "shared_config_file": file}, nil).Faults)
			diff(t, "faults, named by variables", want, settle(t, nil, variables{"HW_PROFILE": test.profile, "HW_SHARED_CONFIG_FILE": file}).Faults)
		})
	}
}

func TestProfile_isNoFaultWhereItsKeysAreNotNeeded(t *testing.T) {
	keys := args{"access_key": "a", "secret_key": "s"}
	want := outcome{Credentials: client.Credentials{AccessKey: "a", SecretKey: "s"}, MaxRetries: 5}
	encrypted := write(t, strings.Replace(config, `"authEncrypt": "false"`, `"authEncrypt": true`, 1))

	diff(t, "an absent one that a variable names", want, settle(t, keys, variables{"HW_PROFILE": "absent"}))

	want.Region, want.ProjectID = ownRegion, "mine"
	diff(t, "an encrypted one that the block names", want, settle(t, keys.With(args{"shared_config_file": encrypted}), nil))
	diff(t, "an encrypted one that a variable names", want, settle(t, keys, variables{"HW_SHARED_CONFIG_FILE": encrypted}))

	ecs := outcome{
		Region: elsewhere, MaxRetries: 5,
		None: "there are no credentials; the agency of this ECS host: no metadata at 169.254.169.254, so that this is no ECS host",
	}
	diff(t, "an encrypted one that holds none", ecs, settle(t, args{"profile": "ecs", "shared_config_file": encrypted}, nil))
}

func TestProfile_isFoundInItsFile(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	if err := os.MkdirAll(filepath.Join(home, ".hcloud"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, ".hcloud", "config.json")
	absent := `there is no such file; "hcloud configure init" makes one`
	diff(t, "no file", faultOfProfile(file, absent), settle(t, args{"profile": "default"}, nil).Faults)
	diff(t, "no such file", faultOfProfile(home+"/other.json", absent), settle(t, args{"shared_config_file": "~/other.json"}, nil).Faults)
	diff(t, "a directory", faultOfProfile(home, "the file cannot be read"), settle(t, args{"shared_config_file": home}, nil).Faults)

	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	want := client.Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-aksk-secret"}
	for name, block := range map[string]args{
		"default path":  {"profile": "default"},
		"below ~":       {"shared_config_file": "~/.hcloud/config.json"},
		"absolute path": {"shared_config_file": file},
	} {
		diff(t, name, want, settle(t, block, nil).Credentials)
	}
	diff(t, "default path is not looked at unasked", nothingOnThisMachine(), settle(t, nil, nil).None)
}

// TestProfile_isReadAgainWhenItsKeysAreRefused because a new sign-in replaces
// them. What has become of it then is an error of the read.
func TestProfile_isReadAgainWhenItsKeysAreRefused(t *testing.T) {
	file := write(t, config)
	s := readSettings(modelOf(t, args{"shared_config_file": file}), variables{}.lookup)
	source := s.config().Credentials
	for _, step := range []struct {
		config, err string
		want        client.Credentials
	}{
		{config, "", client.Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-aksk-secret"}},
		{strings.ReplaceAll(config, "AKSK", "SSO"), `credentials of the profile in the file ` + file + `: the profile "default" has no ssoAuth.stsToken; sign in with "hcloud configure sso"`, client.Credentials{}},
		{`{}`, `credentials of the profile in the file ` + file + `: no profile is named, and the file has no current one, nor any other`, client.Credentials{}},
		{strings.ReplaceAll(config, "fake-aksk-secret", "fake-new-secret"), "", client.Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-new-secret"}},
	} {
		if err := os.WriteFile(file, []byte(step.config), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := source(t.Context(), nil, "")
		text := ""
		if err != nil {
			text = err.Error()
		}
		diff(t, "error", step.err, text)
		diff(t, "credentials", step.want, got)
	}
}

// FuzzProfile: whatever the file holds, reading it does not panic, and no error
// depends on what its secrets are.
func FuzzProfile(f *testing.F) {
	for _, name := range []string{"", "default", "sso", "token", "agency", "half", "strange", "absent"} {
		f.Add([]byte(config), name)
	}
	for _, seed := range []string{
		``, `null`, `[]`, `{"profiles":[null]}`, `{"profiles":null,"current":null}`, `{"authEncrypt":"true","profiles":[{"name":"a"}]}`, `{"authEncrypt":"fake-secret"}`,
		`{"profiles":[{"name":"a","accessKeyId":1,"secretAccessKey":{"a":"b"},"securityToken":[]}]}`, `{"PROFILES":[{"NAME":"a","XAUTHTOKEN":"fake"}]}`,
		`{"profiles":[{"name":"a","mode":"token","xAuthToken":"fake"}]}`, `{"current":"` + "\xff" + `"}`,
	} {
		f.Add([]byte(seed), "a")
	}
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		told := complaint(content, name)
		var file any
		if json.Unmarshal(content, &file) != nil {
			if want := "it is not a configuration of KooCLI: it is not a JSON object"; told != want {
				t.Errorf("%q is told of a file that is no JSON", told)
			}
			return
		}
		before, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		after, err := json.Marshal(otherSecrets(file))
		if err != nil {
			t.Fatal(err)
		}
		if a, b := complaint(before, name), complaint(after, name); a != b {
			t.Errorf("the error depends on a secret: %q, %q", a, b)
		}
	})
}

// complaint is what is told of a profile and its credentials, "" for nothing.
func complaint(content []byte, name string) string {
	p, err := parseProfile(content, name)
	if err == nil {
		_, err = p.credentials()
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

// otherSecrets replaces each text that stands in a secret's place.
func otherSecrets(value any) any {
	switch value := value.(type) {
	case []any:
		other := make([]any, len(value))
		for i, element := range value {
			other[i] = otherSecrets(element)
		}
		return other
	case map[string]any:
		other := map[string]any{}
		for name, member := range value {
			other[name] = otherSecrets(member)
			text, isText := member.(string)
			for _, secret := range []string{"accessKeyId", "secretAccessKey", "securityToken", "xAuthToken"} {
				if isText && text != "" && strings.EqualFold(name, secret) {
					other[name] = "another secret"
				}
			}
		}
		return other
	default:
		return value
	}
}
