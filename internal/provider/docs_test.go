// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/credentials"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// page returns the template of the provider's page.
func page(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "templates", "index.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestPage_listsArguments and their environment variables, all of them and no others.
func TestPage_listsArguments(t *testing.T) {
	want := map[string][]string{argEndpoints: nil}
	for _, a := range slices.Concat(profileArguments(), plainArguments()) {
		want[a.name] = a.variables
	}
	for attribute, variable := range roleVariables() {
		want[argAssumeRole+"."+attribute] = []string{variable}
	}
	for attribute, variable := range oidcVariables() {
		want[argOIDC+"."+attribute] = []string{variable}
	}
	for _, names := range credentials.EnvironmentVariables() {
		for attribute, variable := range map[string]string{"idp_id": names.IDPID, "id_token_file": names.IDTokenFile} {
			if name := argOIDC + "." + attribute; variable != "" && !slices.Contains(want[name], variable) {
				want[name] = append(want[name], variable)
			}
		}
		for name, variable := range map[string]string{
			argAccessKey: names.AccessKey, argSecretKey: names.SecretKey, argSecurityToken: names.SecurityToken, argToken: names.Token,
		} {
			if variable != "" {
				want[name] = append(want[name], variable)
			}
		}
	}
	got := map[string][]string{}
	for _, table := range regexp.MustCompile("(?m)^\\| Argument(?: of `(\\w+)`)? \\|.*\n.*\n((?:\\|.*\n)+)").FindAllStringSubmatch(page(t), -1) {
		for row := range strings.Lines(table[2]) {
			cells := strings.Split(row, "|")
			var variables []string
			for _, match := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[2], -1) {
				variables = append(variables, match[1])
			}
			got[strings.TrimPrefix(table[1]+"."+strings.Trim(cells[1], " `"), ".")] = variables
		}
	}
	diff(t, "arguments and their variables", want, got)
	for _, name := range argumentNames() {
		if _, ok := want[name]; !ok && name != argAssumeRole && name != argOIDC {
			t.Errorf("%s is missing", name)
		}
	}
}

// TestPage_linksToItsOwnSections, also after a heading was renamed.
func TestPage_linksToItsOwnSections(t *testing.T) {
	text, anchors, links := page(t), map[string]bool{}, 0
	for _, heading := range regexp.MustCompile(`(?m)^##+ (.+)$`).FindAllStringSubmatch(text, -1) {
		anchors[strings.ReplaceAll(strings.ToLower(heading[1]), " ", "-")] = true
	}
	for _, link := range regexp.MustCompile(`\]\(#([^)]+)\)`).FindAllStringSubmatch(text, -1) {
		links++
		if !anchors[link[1]] {
			t.Errorf("there is no section #%s", link[1])
		}
	}
	if links < 10 {
		t.Errorf("only %d links were found", links)
	}
}

// TestPage_listsRegionsOfDWS that are on another domain.
func TestPage_listsRegionsOfDWS(t *testing.T) {
	_, rest, _ := strings.Cut(page(t), "`myhuaweicloud.cn` for DWS in ")
	line, _, _ := strings.Cut(rest, ";")
	regions := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(line, -1)
	diff(t, "number of regions", 5, len(regions))
	for _, region := range regions {
		diff(t, "domain of DWS in "+region[1], "myhuaweicloud.cn", transport.Domain(transport.DWS, region[1]))
		diff(t, "domain of DCS in "+region[1], "myhuaweicloud.com", transport.Domain(transport.DCS, region[1]))
	}
}

// TestPage_examplesConfigure the provider. What they read is known only after
// apply, so that no request is made.
func TestPage_examplesConfigure(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	if err := os.Mkdir(filepath.Join(os.Getenv("HOME"), ".hcloud"), 0o700); err != nil {
		t.Fatal(err)
	}
	config := `{"profiles": [{"name": "staging", "mode": "AKSK", "accessKeyId": "a", "secretAccessKey": "s"}]}`
	if err := os.WriteFile(filepath.Join(os.Getenv("HOME"), ".hcloud", "config.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "provider", "*.tf"))
	if err != nil || len(files) < 4 {
		t.Fatalf("the examples are %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if name := filepath.Base(file); name != "provider.tf" && !strings.Contains(page(t), `{{ tffile "examples/provider/`+name+`" }}`) {
				t.Errorf("the page does not show %s", name)
			}
			_, block, _ := strings.Cut(string(text), `provider "hwtasks"`)
			serve(t).run(t, resource.TestStep{
				Config: `provider "hwtasks"` + block + "resource \"terraform_data\" \"job\" {}\n" +
					"data \"hwtasks_dcs_job\" \"it\" {\n  job_id = terraform_data.job.id\n}\n",
				PlanOnly: true, ExpectNonEmptyPlan: true,
			})
		})
	}
}
