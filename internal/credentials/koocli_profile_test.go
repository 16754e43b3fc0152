// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// config is a configuration of KooCLI with a profile of each mode, like those
// that its versions write, including fields that are not needed here.
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
    {"name": "sourced", "mode": "AssumeRole", "agencyName": "b", "agencyDomainId": "j", "sourceProfile": "temporary", "accessKeyId": "FAKEIDLE", "secretAccessKey": "fake-idle-secret"},
    {"name": "sourced twice", "mode": "AssumeRole", "region": "eu-de", "agencyName": "c", "agencyDomainName": "k", "sourceProfile": "sourced"},
    {"name": "idle source", "mode": "AKSK", "accessKeyId": "FAKEAKSK", "secretAccessKey": "fake-aksk-secret", "sourceProfile": "sso"},
    {"name": "sourced on ECS", "mode": "AssumeRole", "agencyName": "b", "agencyDomainId": "j", "sourceProfile": "ecs"},
    {"name": "ecs", "mode": "ecsAgency", "region": "eu-de", "accessKeyId": "FAKEIDLE", "secretAccessKey": "fake-idle-secret", "agencyName": "a", "agencyDomainName": "d"},

    {"name": "half", "mode": "AKSK", "accessKeyId": "FAKEHALF"},
    {"name": "other half", "secretAccessKey": "fake-half-secret"},
    {"name": "signed out", "mode": "SSO", "accessKeyId": "FAKEHALF", "secretAccessKey": "fake-half-secret"},
    {"name": "half signed in", "mode": "SSO", "ssoAuth": {"stsToken": {"accessKeyId": "FAKEHALF"}}},
    {"name": "without a token", "mode": "token", "accessKeyId": "FAKEHALF", "secretAccessKey": "fake-half-secret"},
    {"name": "agency of another", "mode": "agency", "agencyName": "a", "agencyDomainName": "d"},
    {"name": "role of another", "mode": "AssumeRole", "secretAccessKey": "fake-half-secret"},
    {"name": "role of an absent one", "mode": "AssumeRole", "agencyName": "a", "agencyDomainId": "i", "sourceProfile": "gone"},
    {"name": "role of half a one", "mode": "AssumeRole", "agencyName": "a", "agencyDomainId": "i", "sourceProfile": "half"},
    {"name": "itself", "mode": "AssumeRole", "agencyName": "a", "agencyDomainId": "i", "sourceProfile": "itself"},
    {"name": "one of two", "mode": "AssumeRole", "sourceProfile": "other of two"},
    {"name": "other of two", "mode": "agency", "sourceProfile": "one of two"},
    {"name": "with a line break", "accessKeyId": "FAKEHALF", "secretAccessKey": "fake-\nsecret"},
    {"name": "strange", "mode": "retina", "accessKeyId": "FAKEHALF", "secretAccessKey": "fake-half-secret"}
  ]
}`

func TestProfile_modes(t *testing.T) {
	file := write(t, config)
	lent := Credentials{AccessKey: "FAKELENDER", SecretKey: "fake-lender-secret"}
	for name, want := range map[string]struct {
		credentials               Credentials
		roles                     []AssumeRole
		region, project, insecure string
	}{
		"":          {Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-aksk-secret"}, nil, region, "mine", "false"},
		"default":   {Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-aksk-secret"}, nil, region, "mine", "false"},
		"temporary": {Credentials{AccessKey: "FAKETEMPORARY", SecretKey: "fake-temporary-secret", SecurityToken: "fake-security-token"}, nil, "", "", ""},
		"old":       {Credentials{AccessKey: "FAKEOLD", SecretKey: "fake-old-secret"}, nil, "eu-de", "", ""},
		"sso":       {Credentials{AccessKey: "FAKESSO", SecretKey: "fake-sso-secret", SecurityToken: "fake-sso-token"}, nil, "eu-de", "", "true"},
		"token":     {Credentials{Token: "fake-iam-token"}, nil, "", "other", ""},
		"agency":    {lent, []AssumeRole{{AgencyName: "a", DomainName: "d"}}, "", "", ""},
		"assume":    {lent, []AssumeRole{{AgencyName: "a", DomainID: "i"}}, "", "", ""},
		"sourced": {
			Credentials{AccessKey: "FAKETEMPORARY", SecretKey: "fake-temporary-secret", SecurityToken: "fake-security-token"},
			[]AssumeRole{{AgencyName: "b", DomainID: "j"}},
			"", "", "",
		},
		"sourced twice": {
			Credentials{AccessKey: "FAKETEMPORARY", SecretKey: "fake-temporary-secret", SecurityToken: "fake-security-token"},
			[]AssumeRole{{AgencyName: "b", DomainID: "j"}, {AgencyName: "c", DomainName: "k"}},
			"eu-de", "", "",
		},
		"idle source": {Credentials{AccessKey: "FAKEAKSK", SecretKey: "fake-aksk-secret"}, nil, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := ReadProfile(file, name)
			diff(t, "error", "", textOf(err))
			got, err := p.Credentials()
			diff(t, "error of the credentials", "", textOf(err))
			diff(t, "credentials", want.credentials, got)
			roles, err := p.AssumeRoles()
			diff(t, "error of the agencies", "", textOf(err))
			diff(t, "agencies", want.roles, roles)
			diff(t, "settings", []string{want.region, want.project, want.insecure}, []string{p.Region, p.ProjectID, p.SkipVerify()})
			diff(t, "on ECS", false, p.OnECS())
		})
	}
	for name, want := range map[string][]AssumeRole{"ecs": nil, "sourced on ECS": {{AgencyName: "b", DomainID: "j"}}} {
		p, err := ReadProfile(file, name)
		diff(t, "error", "", textOf(err))
		diff(t, "on ECS", true, p.OnECS())
		roles, err := p.AssumeRoles()
		diff(t, "error of the agencies", "", textOf(err))
		diff(t, "agencies", want, roles)
	}
}

// TestReadProfile_byteOrderMark: some editors begin a file with one.
func TestReadProfile_byteOrderMark(t *testing.T) {
	p, err := ReadProfile(write(t, "\xef\xbb\xbf"+config), "temporary")
	diff(t, "error", "", textOf(err))
	diff(t, "access key", "FAKETEMPORARY", p.AccessKey)
	_, err = ReadProfile(write(t, config[:20]+"\xef\xbb\xbf"+config[20:]), "temporary")
	diff(t, "error of one inside", "it is not a configuration of KooCLI: it is not a JSON object", textOf(err))
}

func TestProfile_errors(t *testing.T) {
	const others = "default, temporary, old, sso, token, agency, assume, sourced, sourced twice, idle source, sourced on ECS, ecs, half, other half, signed out, half signed in, without a token, agency of another, role of another, " +
		"role of an absent one, role of half a one, itself, one of two, other of two, with a line break, strange"
	const source = "has neither keys nor a sourceProfile that has them"
	const encryption = `is encrypted, and only KooCLI can decrypt it; disable the encryption with "hcloud configure set --cli-auth-encrypt=false"`
	const other = "it is not a configuration of KooCLI: "
	encrypted := strings.Replace(config, `"authEncrypt": "false"`, `"authEncrypt": "true"`, 1)
	for _, test := range []struct{ name, config, profile, want string }{
		{"absent", config, "Default", `it has no profile "Default"; its profiles are ` + others},
		{"no profiles", `{}`, "default", `it has no profile "default", nor any other`},
		{"no current one", `{"profiles": [{"name": "a"}, {"name": "b"}]}`, "", "no profile is named, and the file has no current one; its profiles are a, b"},
		{"no names", `{"profiles": [{}]}`, "", "no profile is named, and the file has no current one, nor any other"},
		{"null", `null`, "", "no profile is named, and the file has no current one, nor any other"},
		{"current one absent", `{"current": "a", "profiles": [{"name": "b"}]}`, "", `it has no profile "a"; its profiles are b`},
		{"no secret key", config, "half", `the profile "half" needs both accessKeyId and secretAccessKey`},
		{"no access key", config, "other half", `the profile "other half" needs both accessKeyId and secretAccessKey`},
		{"signed out", config, "signed out", `the profile "signed out" has no ssoAuth.stsToken; sign in with "hcloud configure sso"`},
		{"half signed in", config, "half signed in", `the profile "half signed in" has no ssoAuth.stsToken; sign in with "hcloud configure sso"`},
		{"no token", config, "without a token", `the profile "without a token" has no xAuthToken`},
		{"agency with the keys of another profile", config, "agency of another", `the profile "agency of another" ` + source},
		{"role with the keys of another profile", config, "role of another", `the profile "role of another" ` + source},
		{"role with the keys of an absent profile", config, "role of an absent one", `the profile "role of an absent one" takes its keys from another profile (sourceProfile), but it has no profile "gone"; its profiles are ` + others},
		{"role with the keys of half a profile", config, "role of half a one", `the profile "half" needs both accessKeyId and secretAccessKey`},
		{"its own source", config, "itself", `the profile "itself" takes its keys from itself (sourceProfile)`},
		{"two that are each other's source", config, "one of two", `the profile "other of two" takes its keys from itself (sourceProfile)`},
		{"line break in a key", config, "with a line break", `the profile "with a line break" cannot be used: secretAccessKey is invalid: it contains a line break, such as the one at the end of a file`},
		{"unknown mode", config, "strange", `the profile "strange" has the mode "retina", which this provider does not support; it supports AKSK, ecsAgency, SSO, AssumeRole, token, and agency`},
		{"encrypted", encrypted, "default", `the profile "default" ` + encryption},
		{"encrypted token", encrypted, "token", `the profile "token" ` + encryption},
		{"empty file", ``, "", other + "it is not a JSON object"},
		{"text", `accessKeyId = fake-secret`, "", other + "it is not a JSON object"},
		{"half a file", config[:len(config)-10], "", other + "it is not a JSON object"},
		{"list", `[` + config + `]`, "", other + "it is not a JSON object"},
		{"string", `"fake-secret"`, "", other + "it is not a JSON object"},
		{"profiles of a wrong type", `{"profiles": {"default": {}}}`, "default", other + "the field profiles has a wrong type"},
		{"profile of a wrong type", `{"profiles": ["fake-secret"]}`, "default", other + "the field profiles has a wrong type"},
		{"key of a wrong type", `{"profiles": [{"name": "default", "accessKeyId": 12345}]}`, "default", other + "the field profiles.accessKeyId has a wrong type"},
		{"secret of a wrong type", `{"profiles": [{"ssoAuth": {"stsToken": {"secretAccessKey": ["fake-secret"]}}}]}`, "default", other + "the field profiles.ssoAuth.stsToken.secretAccessKey has a wrong type"},
		{"flag of a wrong type", `{"authEncrypt": "fake-secret"}`, "default", other + "the field authEncrypt has a wrong type"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, test.config)
			p, err := ReadProfile(file, test.profile)
			if err == nil {
				_, err = p.Credentials()
			}
			diff(t, "error", test.want, textOf(err))
			_, err = KooCLI{File: file, Profile: test.profile}.Retrieve(t.Context(), region)
			diff(t, "error of the provider", "credentials of the profile in the file "+file+": "+test.want, textOf(err))
		})
	}
	_, err := Profile{Name: "a", AgencyName: "p"}.AssumeRoles()
	diff(t, "error of an agency without an account", `the profile "a" names the agency "p", but neither agencyDomainName nor agencyDomainId`, textOf(err))
}

func TestProfileFile(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	for file, want := range map[string]string{"": home + "/.hcloud/config.json", "~/other.json": home + "/other.json", "/a/b": "/a/b"} {
		diff(t, file, want, ProfileFile(file))
	}
	_, err := ReadProfile(filepath.Join(home, "absent"), "")
	diff(t, "error of an absent file", `the file does not exist; create it with "hcloud configure init"`, textOf(err))
	_, err = ReadProfile(home, "")
	diff(t, "error of a directory", "the file cannot be read", textOf(err))
}

// TestKooCLI_readsTheFileEachTime because a new sign-in replaces its keys.
func TestKooCLI_readsTheFileEachTime(t *testing.T) {
	file := write(t, config)
	for _, want := range []string{"fake-aksk-secret", "fake-new-secret"} {
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(config, "fake-aksk-secret", want)), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := KooCLI{File: file}.Retrieve(t.Context(), region)
		diff(t, "error", "", textOf(err))
		diff(t, "secret key", want, got.SecretKey)
	}
}

// FuzzProfile: whatever the file holds, reading it does not panic, and no error
// depends on its secrets.
func FuzzProfile(f *testing.F) {
	for _, name := range []string{"", "default", "sso", "token", "agency", "sourced twice", "one of two", "half", "strange", "absent"} {
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
		got := complaint(content, name)
		var file any
		if json.Unmarshal(content, &file) != nil {
			if want := "it is not a configuration of KooCLI: it is not a JSON object"; got != want {
				t.Errorf("the error for a file that is not JSON is %q", got)
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

// complaint returns the error of a profile or of its credentials, "" for none.
func complaint(content []byte, name string) string {
	p, err := parseProfile(content, name)
	if err == nil {
		_, err = p.Credentials()
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

// otherSecrets replaces the secrets in a file.
func otherSecrets(value any) any {
	switch value := value.(type) {
	case []any:
		others := make([]any, len(value))
		for i, element := range value {
			others[i] = otherSecrets(element)
		}
		return others
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
