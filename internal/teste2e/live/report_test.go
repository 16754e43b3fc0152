// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// report is all that was found, without secrets.
func (s *survey) report() string {
	var b strings.Builder
	b.WriteString("# What the APIs returned\n")
	met := false
	for _, a := range apis() {
		if shapes := s.shapes[a.name]; len(shapes.outcomes) > 0 {
			met = true
			shapes.write(&b)
		}
	}
	if !met {
		b.WriteString("\nNothing was read.\n")
	}
	b.WriteString("\n# Answers to the open questions\n")
	for _, q := range questions() {
		fmt.Fprintf(&b, "\n%s\n", q.text)
		if len(s.findings[q]) == 0 {
			fmt.Fprintf(&b, "  no answer; it needs %s\n", q.needs)
		}
		for _, finding := range s.findings[q] {
			fmt.Fprintf(&b, "  %s\n", finding)
		}
	}
	return withhold(b.String())
}

// write lists each field, and what is documented if it is something else.
func (s *shapes) write(b *strings.Builder) {
	fmt.Fprintf(b, "\nGET %s\n", s.path)
	for _, outcome := range slices.Sorted(maps.Keys(s.outcomes)) {
		fmt.Fprintf(b, "  %s (%d)\n", outcome, s.outcomes[outcome])
	}
	paths := slices.Clone(s.order)
	for _, path := range slices.Sorted(maps.Keys(s.types)) {
		if s.members[path] == "" {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		if s.types[path] == nil {
			continue
		}
		line := fmt.Sprintf("    %s: %s", path, s.types[path])
		switch {
		case s.members[path] == "":
			line += "; not documented"
		case !s.asDocumented(path):
			line += "; documented as " + jsonType(s.members[path])
		}
		if forms := s.forms[path]; forms != nil {
			line += "; " + forms.String()
		}
		b.WriteString(line + "\n")
	}
}

// secret is whatever could be one: IDs, addresses, and the like. Nothing in a
// report should match it.
var secret = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f-]{4,}|[0-9a-f]{24,}|\b\d{1,3}(\.\d{1,3}){3}\b|\S+@\S+`)

// withhold removes what looks like a secret, and the values of all variables that
// may hold one, in case something got into the report by mistake.
func withhold(report string) string {
	const withheld = "(withheld)"
	report = secret.ReplaceAllString(report, withheld)
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if len(value) >= 4 && value != os.Getenv(region) && confidential(name) {
			report = strings.ReplaceAll(report, value, withheld)
		}
	}
	return report
}

func confidential(variable string) bool {
	switch variable {
	case dwsAction, "HW_INSECURE", "HW_MAX_RETRIES", "HW_ASSUME_ROLE_DURATION":
		return false
	}
	for _, prefix := range []string{"HW_", "HWTASKS_ACC_", "OS_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_"} {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}
