// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"fmt"
	"maps"
	"math/big"
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

// run runs steps through Terraform. None has a block of the provider.
func run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)},
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"hwtasks": func() (tfprotov6.ProviderServer, error) { return provider.Server(provider.New("test"))(), nil },
		},
		Steps: steps,
	})
}

// output is an expression and what it must yield.
type output struct {
	expression string
	want       knownvalue.Check
}

// evaluate lets Terraform evaluate expressions, all in one run. rfc3339(…) and
// decode_detail(…) in them stand for the provider's functions.
func evaluate(t *testing.T, outputs map[string]output) {
	t.Helper()
	var config strings.Builder
	var checks []statecheck.StateCheck
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		fmt.Fprintf(&config, "output %q {\n  value = %s\n}\n", name, qualified(outputs[name].expression))
		checks = append(checks, statecheck.ExpectKnownOutputValue(name, outputs[name].want))
	}
	run(t, resource.TestStep{Config: config.String(), ConfigStateChecks: checks})
}

var ours = regexp.MustCompile(`\b(rfc3339|decode_detail)\(`)

func qualified(expression string) string {
	return ours.ReplaceAllString(expression, "provider::hwtasks::$1(")
}

// hcl quotes a text for a configuration.
func hcl(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{").Replace(text) + `"`
}

var (
	is    = knownvalue.StringExact
	yes   = knownvalue.Bool(true)
	items = func(some ...knownvalue.Check) knownvalue.Check { return knownvalue.TupleExact(some) }
)

func TestRFC3339_inTerraform(t *testing.T) {
	t.Parallel()
	evaluate(t, map[string]output{
		"dcs_task":        {`rfc3339("2020-06-17T08:18:06.597Z")`, is("2020-06-17T08:18:06.597Z")},
		"dcs_step":        {`rfc3339("2022-09-01 11:52:24", "+08:00")`, is("2022-09-01T03:52:24Z")},
		"dcs_filter":      {`rfc3339("20200609160000")`, is("2020-06-09T16:00:00Z")},
		"dcs_job":         {`rfc3339("1684191545379")`, is("2023-05-15T22:59:05.379Z")},
		"dcs_job_number":  {`rfc3339(1684191545379)`, is("2023-05-15T22:59:05.379Z")},
		"dws_action":      {`rfc3339("2025-05-19 09:05:10.0", "+08:00")`, is("2025-05-19T01:05:10.0Z")},
		"dws_key":         {`rfc3339("20250519_090729", "+08:00")`, is("2025-05-19T01:07:29Z")},
		"dws_job":         {`rfc3339("2022-11-09T20:25:00", "+08:00")`, is("2022-11-09T12:25:00Z")},
		"cce_task":        {`rfc3339("2023-11-25 17:03:46.739012 +0800 CST")`, is("2023-11-25T09:03:46.739012Z")},
		"cce_task_in_utc": {`rfc3339("2020-02-02 08:12:40.672772389 +0000 UTC")`, is("2020-02-02T08:12:40.672772389Z")},
		"not_yet":         {`rfc3339("") == null`, yes},

		// What the results are for.
		"compared":  {`timecmp(rfc3339("2025-05-19 09:05:10.0", "+08:00"), rfc3339("2025-05-19T01:05:10Z"))`, knownvalue.Int64Exact(0)},
		"added":     {`timeadd(rfc3339("1684191545379"), "24h")`, is("2023-05-16T22:59:05Z")},
		"formatted": {`formatdate("D MMM YYYY, hh:mm", rfc3339("2023-11-25 17:03:46.739012 +0800 CST"))`, is("25 Nov 2023, 09:03")},
	})
}

func TestDecodeDetail_inTerraform(t *testing.T) {
	t.Parallel()
	dws, dcs := hcl(dwsDetail(t)), hcl(dcsDetail(t, 0))
	const mixed = `{"s":"x","n":12345678901234567890.5,"t":true,"z":null,"o":{},"a":[1,"x",[]]}`
	evaluate(t, map[string]output{
		"dws": {"decode_detail(" + dws + ")", knownvalue.ObjectExact(map[string]knownvalue.Check{"progressInfo": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"actionType":      is("Backup"),
			"actionStartTime": is("2025-05-19 09:07:28"),
			"actionEndTime":   is("2025-05-19 09:07:42"),
			"updateTime":      is("2025-05-19 09:07:43"),
			"currentStep":     is("FINISH"),
			"failedStep":      is("INIT"),
			"progress":        is("100.00%"),
			"errorCode":       is(""),
			"errorMsg":        is("host-172-16-13-211 SUCCESS host-172-16-47-24 SUCCESS host-172-16-19-132 SUCCESS "),
			"backupSize":      knownvalue.NumberExact(big.NewFloat(157661926)),
			"backupRate":      knownvalue.ObjectExact(map[string]knownvalue.Check{"compressRate": is("0MB/s"), "consumerRate": is("0MB/s"), "producerRate": is("0MB/s")}),
			"partialPassKeys": is("N/A"),
			"unrestoreKeys":   is("N/A"),
			"priorKey":        is("N/A"),
			"key":             is("20250519_090729"),
		})})},
		"dcs": {"decode_detail(" + dcs + ")", knownvalue.ObjectExact(map[string]knownvalue.Check{
			"node_id":        is("9996c3376318417281fb5e611f3fb1a0"),
			"slot_range":     items(is("0"), is("5460")),
			"full_migration": is("迁移中"),
			"inc_migration":  is("迁移中"),
		})},
		"like_jsondecode": {"decode_detail(" + hcl(mixed) + ") == jsondecode(" + hcl(mixed) + ")", yes},
		"nothing_within":  {`[decode_detail("{}") == {}, decode_detail("[]") == []]`, items(yes, yes)},
		"nothing":         {`[for d in ["", "null"] : decode_detail(d) == null]`, items(yes, yes)},
		"missing":         {`try(decode_detail(` + dws + `).progressInfo.remaining, "not told")`, is("not told")},
		"inner_time":      {`rfc3339(decode_detail(` + dws + `).progressInfo.key, "+08:00")`, is("2025-05-19T01:07:29Z")},
	})
}

func TestFunctions_takeNull(t *testing.T) {
	t.Parallel()
	evaluate(t, map[string]output{
		"timestamp":            {`rfc3339(null) == null`, yes},
		"timestamp_and_offset": {`rfc3339(null, "+08:00") == null`, yes},
		"offset":               {`rfc3339("1684191545379", null)`, is("2023-05-15T22:59:05.379Z")},
		"detail":               {`decode_detail(null) == null`, yes},
	})
}

// An argument that is not known yet is no error, and no guess.
func TestFunctions_waitForTheirArguments(t *testing.T) {
	t.Parallel()
	run(t, resource.TestStep{
		Config: qualified(`
resource "terraform_data" "time" {
  input = "1684191545379"
}
resource "terraform_data" "detail" {
  input = "{a:[0 1]}"
}
output "time" {
  value = rfc3339(terraform_data.time.output)
}
output "detail" {
  value = decode_detail(terraform_data.detail.output)
}
`),
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectUnknownOutputValue("time"),
			plancheck.ExpectUnknownOutputValue("detail"),
		}},
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("time", is("2023-05-15T22:59:05.379Z")),
			statecheck.ExpectKnownOutputValue("detail", knownvalue.ObjectExact(map[string]knownvalue.Check{"a": items(is("0"), is("1"))})),
		},
	})
}

func TestFunctions_blameTheArgumentInTerraform(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, call, want string }{
		{
			"timestamp", `rfc3339("2022-09-01 11:52:24")`, `Invalid value for "timestamp" parameter: "2022-09-01 11:52:24" names no time zone, and no document tells which is meant; ` +
				`give its offset from UTC, for example provider::hwtasks::rfc3339("2022-09-01 11:52:24", "+08:00").`,
		},
		{
			"offset", `rfc3339("1684191545379", "CST")`,
			`Invalid value for "utc_offset" parameter: "CST" is no offset from UTC; write it with hours and minutes, as "+08:00" or "-03:30", or "Z" for UTC itself.`,
		},
		{"offsets", `rfc3339("1684191545379", "Z", "Z")`, `Invalid value for "utc_offset" parameter: the call gives 2 offsets, but a time has at most one.`},
		{
			"JSON", `decode_detail("{\"progressInfo\":\"{\\\"a\\\":1,\\\"a\\\":2}\"}")`,
			"Invalid value for \"detail\" parameter: at character 8 of a text within the detail, between `{\"a\":1,` and `\"a\":2}`: the object has this key already.",
		},
		{
			"DCS", `decode_detail("{full_migration:迁移中,slot_range:[0,5460]}")`, "Invalid value for \"detail\" parameter: at character 34, between " +
				"`{full_migration:迁移中,slot_range:[0` and `,5460]}`: a list holds words with one blank between two of them; what this means in a list is not known.",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			run(t, resource.TestStep{Config: "output \"it\" {\n  value = " + qualified(tc.call) + "\n}\n", ExpectError: wrapped(tc.want)})
		})
	}
}

// wrapped matches a sentence that Terraform has broken into lines, in a frame
// of its own.
func wrapped(sentence string) *regexp.Regexp {
	var words []string
	for word := range strings.FieldsSeq(sentence) {
		words = append(words, regexp.QuoteMeta(word))
	}
	return regexp.MustCompile(strings.Join(words, `[\s│]+`))
}
