// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"
)

// refused are arguments that cannot be meant, and all that is told about them.
type refused struct {
	name      string
	block     args
	variables variables
	profile   map[string]any // of a file in the block, nil for none
	want      []fault
}

func (r refused) run(t *testing.T) {
	t.Helper()
	block := args{}.With(r.block)
	if r.profile != nil {
		block["shared_config_file"] = profileFile(t, r.profile)
	}
	diff(t, "faults", r.want, settle(t, block, r.variables).Faults)
}

// malformedValue is the fault of a plain argument.
func malformedValue(name, variable, problem, origin string) []fault {
	return []fault{{
		Summary: "Invalid provider argument " + name, At: name,
		Detail: fmt.Sprintf("The provider argument %s (variable %s) cannot be used: %s. The value comes from %s.", name, variable, problem, origin),
	}}
}

func TestArguments_thatAreMalformedAreRefused(t *testing.T) {
	const block = "the provider block"
	const path = `"a/b" has a character that is neither a letter, a digit, a hyphen, an underscore nor a dot`
	rows := []refused{
		{name: "insecure in a variable", variables: variables{"HW_INSECURE": "yes"}, want: malformedValue("insecure", "HW_INSECURE", `"yes" is neither true nor false`, "the variable HW_INSECURE")},
		{name: "max_retries in the block", block: args{"max_retries": -1}, want: malformedValue("max_retries", "HW_MAX_RETRIES", "-1 is negative", block)},
		{name: "max_retries in a variable", variables: variables{"HW_MAX_RETRIES": "-2"}, want: malformedValue("max_retries", "HW_MAX_RETRIES", "-2 is negative", "the variable HW_MAX_RETRIES")},
		{name: "max_retries of no number", variables: variables{"HW_MAX_RETRIES": "5x"}, want: malformedValue("max_retries", "HW_MAX_RETRIES", `"5x" is not a whole number`, "the variable HW_MAX_RETRIES")},
		{name: "max_retries of half a number", variables: variables{"HW_MAX_RETRIES": "1.5"}, want: malformedValue("max_retries", "HW_MAX_RETRIES", `"1.5" is not a whole number`, "the variable HW_MAX_RETRIES")},
		{name: "max_retries of too large a number", variables: variables{"HW_MAX_RETRIES": "99999999999999999999"}, want: malformedValue("max_retries", "HW_MAX_RETRIES", `"99999999999999999999" is not a whole number`, "the variable HW_MAX_RETRIES")},
		{name: "a region that leads elsewhere", block: args{"region": "example.com/"}, want: malformedValue("region", "HW_REGION_NAME", `"example.com/" cannot be part of a host name`, block)},
		{name: "region in a variable", variables: variables{"HW_REGION_NAME": "cn north"}, want: malformedValue("region", "HW_REGION_NAME", `"cn north" cannot be part of a host name`, "the variable HW_REGION_NAME")},
		{name: "region in a profile", profile: map[string]any{"region": "cn north"}, want: malformedValue("region", "HW_REGION_NAME", `"cn north" cannot be part of a host name`, "the profile")},
		{name: "a cloud that is a URL", block: args{"cloud": "https://example.com"}, want: malformedValue("cloud", "HW_CLOUD", `"https://example.com" cannot be part of a host name`, block)},
		{name: "cloud in a variable", variables: variables{"HW_CLOUD": "example.com:443"}, want: malformedValue("cloud", "HW_CLOUD", `"example.com:443" cannot be part of a host name`, "the variable HW_CLOUD")},
		{name: "project_id in the block", block: args{"project_id": "a/b"}, want: malformedValue("project_id", "HW_PROJECT_ID", path, block)},
		{name: "project_id in a variable", variables: variables{"HW_PROJECT_ID": ".."}, want: malformedValue("project_id", "HW_PROJECT_ID", `".." is a path, not an identifier`, "the variable HW_PROJECT_ID")},
		{name: "project_id in a profile", profile: map[string]any{"projectId": "a/b"}, want: malformedValue("project_id", "HW_PROJECT_ID", path, "the profile")},
	}
	for url, problem := range malformedURLs() {
		rows = append(rows,
			refused{name: "auth_url " + url, block: args{"auth_url": url}, want: malformedValue("auth_url", "HW_AUTH_URL", problem, block)},
			refused{name: "HW_AUTH_URL " + url, variables: variables{"HW_AUTH_URL": url}, want: malformedValue("auth_url", "HW_AUTH_URL", problem, "the variable HW_AUTH_URL")},
		)
	}
	for _, r := range rows {
		t.Run(strings.ReplaceAll(r.name, "/", " "), r.run)
	}
}

// malformedURLs are endpoints that cannot be meant, and what is wrong with them.
// None of them is repeated, since it may hold a password.
func malformedURLs() map[string]string {
	return map[string]string{
		"iam.example.com":           "it does not begin with https:// or http://",
		"ftp://iam.example.com":     "it does not begin with https:// or http://",
		"https://":                  "it has no host",
		"https:///v3":               "it has no host",
		"https://:443":              "it has no host",
		"https://iam.example.com:x": "it is not a URL",
		"https://%zz":               "it is not a URL",
		"https://me:fake-password@iam.example.com": "it holds a user name or a password",
		"https://iam.example.com/?a=fake-password": "it has a query or a fragment",
		"https://iam.example.com?":                 "it has a query or a fragment",
		"https://iam.example.com#fake-password":    "it has a query or a fragment",
	}
}

func TestEndpoints_thatAreMalformedAreRefused(t *testing.T) {
	endpoint := func(key, problem string) fault {
		return fault{
			Summary: "Invalid endpoint", At: `endpoints["` + key + `"]`,
			Detail: `endpoints["` + key + `"]: the URL cannot be used: ` + problem + `. Write scheme, host and, where there is one, the path, for example "https://dcs.cn-north-4.myhuaweicloud.com".`,
		}
	}
	unknown := func(key string) fault {
		return fault{Summary: "Unknown key in endpoints", At: `endpoints["` + key + `"]`, Detail: `endpoints: there is no service "` + key + `". The keys are dcs, dws, cce, iam, sts.`}
	}
	two := func(name, auth, iam string) fault {
		return fault{
			Summary: "Two URLs for IAM", At: `endpoints["iam"]`,
			Detail: name + " (" + auth + `) and endpoints["iam"] (` + iam + ") are the same thing and differ. Keep one of them (auth_url may also be set by the variable HW_AUTH_URL).",
		}
	}
	const a, b = "https://a.example.com", "https://b.example.com"
	rows := []refused{
		{name: "unknown keys in alphabetical order", block: args{"endpoints": args{"ecs": a, "DCS": a, "": a}}, want: []fault{unknown(""), unknown("DCS"), unknown("ecs")}},
		{name: "unknown and malformed", block: args{"endpoints": args{"ecs": a, "dcs": "b", "sts": "c"}}, want: []fault{
			endpoint("dcs", "it does not begin with https:// or http://"), unknown("ecs"), endpoint("sts", "it does not begin with https:// or http://"),
		}},
		{name: "another IAM", block: args{"auth_url": a + "/v3", "endpoints": args{"iam": b}}, want: []fault{two("auth_url", a+"/v3", b)}},
		{name: "another IAM in the variable", block: args{"endpoints": args{"iam": b + "/"}}, variables: variables{"HW_AUTH_URL": a}, want: []fault{two("the variable HW_AUTH_URL", a, b)}},
		{name: "the same IAM", block: args{"auth_url": a + "/v3/", "endpoints": args{"iam": a}}},
		{name: "empty ones", block: args{"auth_url": "", "endpoints": args{"iam": "", "dcs": ""}}},
	}
	for url, problem := range malformedURLs() {
		for _, key := range []string{"dcs", "dws", "cce", "iam", "sts"} {
			rows = append(rows, refused{name: key + " " + url, block: args{"endpoints": args{key: url}}, want: []fault{endpoint(key, problem)}})
		}
	}
	for _, r := range rows {
		t.Run(strings.ReplaceAll(r.name, "/", " "), r.run)
	}
}

func TestCredentials_thatAreIncompleteAreRefused(t *testing.T) {
	const places = "Keys are taken from one place, all of them together: access_key and secret_key in the provider block, " +
		"or HW_ACCESS_KEY and HW_SECRET_KEY, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or CLOUD_SDK_AK and CLOUD_SDK_SK."
	half := func(present, missing, at string) fault {
		return fault{Summary: "Incomplete credentials", Detail: present + " is set, but " + missing + " is not. " + places, At: at}
	}
	two := func(key, token string) fault {
		return fault{Summary: "Two kinds of credentials", Detail: key + " and " + token + " are both set in the same place: which of them is meant? Keep the keys or the token."}
	}
	complete := variables{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s"}
	for _, r := range []refused{
		{name: "no secret key in the block", block: args{"access_key": "a"}, variables: complete, want: []fault{half("access_key", "secret_key", "secret_key")}},
		{name: "no access key in the block", block: args{"secret_key": "s"}, variables: complete, want: []fault{half("secret_key", "access_key", "access_key")}},
		{
			name: "a security token alone", block: args{"security_token": "o"}, variables: complete,
			want: []fault{half("security_token", "access_key", "access_key"), half("security_token", "secret_key", "secret_key")},
		},
		{name: "no secret key beside a security token", block: args{"access_key": "a", "secret_key": "", "security_token": "o"}, want: []fault{half("access_key", "secret_key", "secret_key")}},
		{name: "no HW_SECRET_KEY", variables: variables{"HW_ACCESS_KEY": "a", "HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s"}, want: []fault{half("HW_ACCESS_KEY", "HW_SECRET_KEY", "secret_key")}},
		{name: "no HW_ACCESS_KEY", variables: variables{"HW_SECRET_KEY": "s", "CLOUD_SDK_AK": "a", "CLOUD_SDK_SK": "s"}, want: []fault{half("HW_SECRET_KEY", "HW_ACCESS_KEY", "access_key")}},
		{name: "no HUAWEICLOUD_SDK_SK", variables: variables{"HUAWEICLOUD_SDK_AK": "a"}, want: []fault{half("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "secret_key")}},
		{name: "no CLOUD_SDK_AK", variables: variables{"CLOUD_SDK_SK": "s"}, want: []fault{half("CLOUD_SDK_SK", "CLOUD_SDK_AK", "access_key")}},
		{name: "keys and token in the block", block: args{"access_key": "a", "secret_key": "s", "token": "t"}, want: []fault{two("access_key", "token")}},
		{name: "keys and token in the environment", variables: variables{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_AUTH_TOKEN": "t"}, want: []fault{two("HW_ACCESS_KEY", "HW_AUTH_TOKEN")}},
		{name: "half a pair and token in the block", block: args{"secret_key": "s", "token": "t"}, want: []fault{two("secret_key", "token"), half("secret_key", "access_key", "access_key")}},
	} {
		t.Run(r.name, r.run)
	}
}

func TestInsecure_warnsWhereverItComesFrom(t *testing.T) {
	warning := func(origin string) []fault {
		return []fault{{
			Summary: "WARNING: TLS certificates are not verified", At: "insecure",
			Detail: "With insecure (variable HW_INSECURE) anybody on the way can pretend to be Huawei Cloud, and open a gate. " +
				"Trust a private authority through SSL_CERT_FILE or SSL_CERT_DIR instead. The value comes from " + origin + ".",
		}}
	}
	for _, r := range []refused{
		{name: "block", block: args{"insecure": true}, want: warning("the provider block")},
		{name: "variable", variables: variables{"HW_INSECURE": "1"}, want: warning("the variable HW_INSECURE")},
		{name: "profile", profile: map[string]any{"skipSecureVerify": "true"}, want: warning("the profile")},
		{name: "nowhere", block: args{"insecure": false}, variables: variables{"HW_INSECURE": "true"}, profile: map[string]any{"skipSecureVerify": true}},
	} {
		t.Run(r.name, r.run)
	}
}

// TestFaults_areAllToldAtOnce, each with its attribute and its variable.
func TestFaults_areAllToldAtOnce(t *testing.T) {
	file := write(t, `{"current": "default", "profiles": []}`)
	got := settle(t, args{
		"region": "cn north", "project_id": "a b", "cloud": "a b", "auth_url": "x", "max_retries": -1, "access_key": "a", "shared_config_file": file,
		"endpoints": args{"ecs": "https://x", "dcs": "x"}, "assume_role": []args{{"duration": 1}},
	}, variables{"HW_INSECURE": "no"})
	var told []string
	for _, f := range got.Faults {
		told = append(told, f.At+": "+f.Summary)
		if !strings.Contains(f.Detail, "HW_") && !strings.HasPrefix(f.At, "endpoints") { // which have no variable
			t.Errorf("no variable is named in %q", f.Detail)
		}
		if name, _, _ := strings.Cut(f.At, "["); !strings.Contains(f.Detail, name) {
			t.Errorf("%s is not named in %q", name, f.Detail)
		}
	}
	diff(t, "faults", []string{
		"profile: Unable to use the profile",
		"region: Invalid provider argument region",
		"project_id: Invalid provider argument project_id",
		"cloud: Invalid provider argument cloud",
		"auth_url: Invalid provider argument auth_url",
		"insecure: Invalid provider argument insecure",
		"max_retries: Invalid provider argument max_retries",
		"secret_key: Incomplete credentials",
		`endpoints["dcs"]: Invalid endpoint`,
		`endpoints["ecs"]: Unknown key in endpoints`,
		"assume_role: Incomplete assume_role",
		"assume_role: Incomplete assume_role",
		"assume_role: Invalid duration in assume_role",
	}, told)
}
