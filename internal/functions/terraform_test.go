// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// run runs a step in Terraform, without a provider block.
func run(t *testing.T, step resource.TestStep) {
	t.Helper()
	step.Config = names.ReplaceAllString(step.Config, "provider::hwtasks::$1(")
	resource.UnitTest(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)},
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"hwtasks": func() (tfprotov6.ProviderServer, error) { return provider.Server(provider.New("test"))(), nil },
		},
		Steps: []resource.TestStep{step},
	})
}

var names = regexp.MustCompile(`\b(rfc3339|decode_detail)\(`)

// quoteHCL quotes a text for a configuration.
func quoteHCL(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{").Replace(text) + `"`
}

func TestFunctions_inTerraform(t *testing.T) {
	t.Parallel()
	dws, dcs := quoteHCL(dwsDetail(t)), quoteHCL(dcsDetail(t, 0))
	is, isTrue := knownvalue.StringExact, knownvalue.Bool(true)
	outputs := map[string]struct {
		expression string
		want       knownvalue.Check
	}{
		"zone":        {`rfc3339("2022-09-01 11:52:24", "+08:00")`, is("2022-09-01T03:52:24Z")},
		"no_zone":     {`rfc3339("1684191545379", null)`, is("2023-05-15T22:59:05.379Z")},
		"from_number": {`rfc3339(1684191545379)`, is("2023-05-15T22:59:05.379Z")},
		"timecmp":     {`timecmp(rfc3339("2025-05-19 09:05:10.0", "+08:00"), rfc3339("2025-05-19T01:05:10Z"))`, knownvalue.Int64Exact(0)},
		"timeadd":     {`timeadd(rfc3339("1684191545379"), "24h")`, is("2023-05-16T22:59:05Z")},
		"formatdate":  {`formatdate("D MMM YYYY, hh:mm", rfc3339("2023-11-25 17:03:46.739012 +0800 CST"))`, is("25 Nov 2023, 09:03")},

		"dws":        {"decode_detail(" + dws + ").progressInfo == jsondecode(jsondecode(" + dws + ").progressInfo)", isTrue},
		"dws_nested": {`rfc3339(decode_detail(` + dws + `).progressInfo.key, "+08:00")`, is("2025-05-19T01:07:29Z")},
		"dws_try":    {`try(decode_detail(` + dws + `).progressInfo.remaining, "missing")`, is("missing")},
		"dcs": {"decode_detail(" + dcs + ")", knownvalue.ObjectExact(map[string]knownvalue.Check{
			"node_id":        is("9996c3376318417281fb5e611f3fb1a0"),
			"slot_range":     knownvalue.TupleExact([]knownvalue.Check{is("0"), is("5460")}),
			"full_migration": is("迁移中"),
			"inc_migration":  is("迁移中"),
		})},

		"null_timestamp": {`rfc3339(null, "+08:00") == null`, isTrue},
		"null_detail":    {`decode_detail(null) == null`, isTrue},
	}
	var config strings.Builder
	var checks []statecheck.StateCheck
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		fmt.Fprintf(&config, "output %q {\n  value = %s\n}\n", name, outputs[name].expression)
		checks = append(checks, statecheck.ExpectKnownOutputValue(name, outputs[name].want))
	}
	run(t, resource.TestStep{Config: config.String(), ConfigStateChecks: checks})
}

func TestFunctions_unknownArguments(t *testing.T) {
	t.Parallel()
	run(t, resource.TestStep{
		Config: `
resource "terraform_data" "time" {
  input = "1684191545379"
}
resource "terraform_data" "detail" {
  input = "{a:b}"
}
output "time" {
  value = rfc3339(terraform_data.time.output)
}
output "detail" {
  value = decode_detail(terraform_data.detail.output)
}
`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectUnknownOutputValue("time"),
			plancheck.ExpectUnknownOutputValue("detail"),
		}},
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("time", knownvalue.StringExact("2023-05-15T22:59:05.379Z")),
			statecheck.ExpectKnownOutputValue("detail", knownvalue.ObjectExact(map[string]knownvalue.Check{"a": knownvalue.StringExact("b")})),
		},
	})
}

func TestFunctions_errorsInTerraform(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]string{
		`rfc3339("yesterday")`:                `Invalid value for "timestamp" parameter: "yesterday" is not in a time format`,
		`rfc3339("1684191545379", "CST")`:     `Invalid value for "utc_offset" parameter: "CST" is not a valid offset`,
		`rfc3339("1684191545379", "Z", "Z")`:  `Invalid value for "utc_offset" parameter: expected at most one offset, got 2.`,
		`decode_detail("{a:迁移中,b:[0,5460]}")`: "Invalid value for \"detail\" parameter: at character 12, between `{a:迁移中,b:[0` and `,5460]}`: expected list items",
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			run(t, resource.TestStep{Config: "output \"it\" {\n  value = " + call + "\n}\n", ExpectError: wrapped(want)})
		})
	}
}

// wrapped matches a message that Terraform has wrapped.
func wrapped(message string) *regexp.Regexp {
	var words []string
	for word := range strings.FieldsSeq(message) {
		words = append(words, regexp.QuoteMeta(word))
	}
	return regexp.MustCompile(strings.Join(words, `[\s│]+`))
}
