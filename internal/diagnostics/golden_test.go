// SPDX-License-Identifier: MPL-2.0

package diagnostics

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

var update = flag.Bool("update", false, "write the golden file")

// golden holds every sentence of a diagnostic that a user can see. Read a change
// of it as a user would.
var golden = filepath.Join("testdata", "diagnostics.golden")

// outcome is a diagnostic under the name of the case that leads to it.
type outcome struct {
	name string
	diag diag.Diagnostic
}

func outcomes() []outcome {
	return slices.Concat(gateOutcomes(), requestOutcomes(), configurationOutcomes(), argumentOutcomes(), providerArgumentOutcomes())
}

func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, o := range outcomes() {
		fmt.Fprintf(&b, "## %s\n\n%s\n", o.name, render(o.diag))
	}
	got := b.String()
	if *update {
		if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("run \"go test ./internal/diagnostics -update\" and review %s (-want +got):\n%s", golden, d)
	}
}

// render writes a diagnostic nearly as Terraform does.
func render(d diag.Diagnostic) string {
	at := ""
	if located, ok := d.(diag.DiagnosticWithPath); ok {
		at = "  at " + located.Path().String() + "\n"
	}
	return fmt.Sprintf("%s: %s\n%s\n%s\n", d.Severity(), d.Summary(), at, d.Detail())
}

func TestNames_areUnique(t *testing.T) {
	names := make(map[string]bool)
	for _, o := range outcomes() {
		if names[o.name] {
			t.Errorf("two cases are named %q", o.name)
		}
		names[o.name] = true
	}
}

var (
	weakensGate = regexp.MustCompile(`status_map = \{[^}]*succeeded|on_missing = "succeeded"`)
	refresh     = regexp.MustCompile(`(?:terraform \w+ )?-refresh=false`)
	zeroSeconds = regexp.MustCompile(`\dm0s|\dh0m`)
	badFormat   = regexp.MustCompile(`%!|<nil>|\(\)|: \.|  +[a-z(]`)
	ends        = regexp.MustCompile(`[.!?。]$|: https://\S+$`)
)

// TestRules holds for every diagnostic.
func TestRules(t *testing.T) {
	for _, o := range outcomes() {
		t.Run(o.name, func(t *testing.T) {
			detail := o.diag.Detail()
			if text := weakensGate.FindString(detail); text != "" {
				t.Errorf("a remedy weakens the gate: %s", text)
			}
			for _, text := range refresh.FindAllString(detail, -1) {
				if text != "terraform destroy -refresh=false" {
					t.Errorf("-refresh=false helps terraform destroy only: %s", text)
				}
			}
			if text := zeroSeconds.FindString(detail); text != "" {
				t.Errorf("a duration is not written as people do: %s", text)
			}
			first, _, _ := strings.Cut(detail, "\n")
			if text := badFormat.FindString(first); text != "" || !ends.MatchString(first) {
				t.Errorf("the first paragraph is not a sentence (%q): %s", text, first)
			}
			if s := o.diag.Summary(); s == "" || strings.HasSuffix(s, ".") || len(s) > 60 {
				t.Errorf("the summary is %q", s)
			}
		})
	}
}

// TestHints_areReached keeps the golden file complete: each row of the table is
// the first one that applies to the error of some case.
func TestHints_areReached(t *testing.T) {
	rows := hints()
	reached := make([]bool, len(rows))
	for _, c := range requestErrors() {
		if i := slices.IndexFunc(rows, func(r hintRow) bool { return r.applies(c.err) }); i >= 0 {
			reached[i] = true
		}
	}
	for i, ok := range reached {
		if !ok {
			t.Errorf("no case reaches row %d: %s", i, rows[i].advice(&transport.Error{}))
		}
	}
}

// TestKinds_areReached does the same for the kinds of a closed gate.
func TestKinds_areReached(t *testing.T) {
	for kind := gate.FailedTask; kind <= gate.UnableToRead; kind++ {
		if !slices.ContainsFunc(failures(), func(f failureCase) bool { return f.failure.Kind == kind }) {
			t.Errorf("no case has the kind %d", kind)
		}
	}
}

// TestForms_ofAGate: only a data source is read again by every plan.
func TestForms_ofAGate(t *testing.T) {
	for _, c := range failures() {
		c.failure.Options.Form = gate.Action
		if detail := ClosedGate(&c.failure).Detail(); strings.Contains(detail, "terraform destroy") || strings.Contains(detail, "Every plan") {
			t.Errorf("%s: an action is not part of a plan: %s", c.name, detail)
		}
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"no memory left": "no memory left.", "No memory left. \n": "No memory left.", "No memory left!": "No memory left!", "Why?": "Why?", "内存不足。": "内存不足。",
	} {
		if got := sentence(text); got != want {
			t.Errorf("sentence(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	if got := paragraphs("", "a", "", "b\nc", ""); got != "a\n\nb\nc" {
		t.Errorf("paragraphs = %q", got)
	}
}
