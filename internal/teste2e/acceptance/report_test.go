// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// report is all that was found, fit to be shown to anybody.
func (s *survey) report() string {
	var b strings.Builder
	b.WriteString("# What the APIs answered\n")
	for _, a := range apis {
		if met := s.met[a]; met != nil {
			met.write(&b, a)
		}
	}
	if len(s.met) == 0 {
		b.WriteString("\nNothing was read.\n")
	}
	b.WriteString("\n# What that says to the open questions\n")
	for _, q := range questions() {
		fmt.Fprintf(&b, "\n%s\n", q.text)
		if len(s.findings[q]) == 0 {
			fmt.Fprintf(&b, "  not told; it needs %s\n", q.needs)
		}
		for _, finding := range s.findings[q] {
			fmt.Fprintf(&b, "  %s\n", finding)
		}
	}
	return withhold(b.String())
}

// write tells of each member what was met, and what is documented where that is
// something else.
func (s *shapes) write(b *strings.Builder, a *api) {
	fmt.Fprintf(b, "\nGET %s\n", a.path)
	for _, outcome := range slices.Sorted(maps.Keys(s.answers)) {
		fmt.Fprintf(b, "  %s (%d)\n", outcome, s.answers[outcome])
	}
	undocumented := func(path string) bool { return !slices.Contains(a.order, path) }
	paths := slices.DeleteFunc(slices.Clone(a.order), func(path string) bool { return s.types[path] == nil })
	paths = append(paths, slices.DeleteFunc(slices.Sorted(maps.Keys(s.types)), func(path string) bool { return !undocumented(path) })...)
	for _, path := range paths {
		line := fmt.Sprintf("    %s: %s", path, s.types[path])
		switch documented := a.members[path]; {
		case undocumented(path):
			line += "; not documented"
		case !s.as(path, documented):
			line += "; documented as " + jsonType(documented)
		}
		if forms := s.forms[path]; forms != nil {
			line += "; " + forms.String()
		}
		b.WriteString(line + "\n")
	}
}

// as reports whether a member was met as documented, where it was sent at all.
func (s *shapes) as(path, documented string) bool {
	for met := range s.types[path] {
		if met != "absent" && met != "null" && !strings.Contains(met, jsonType(documented)) {
			return false
		}
	}
	return true
}

func jsonType(documented string) string {
	switch documented {
	case "word", "time", "detail":
		return "string"
	default:
		return documented
	}
}

// secret is whatever could be one, however it came into the report: ids,
// addresses and the like. Nothing in a report is meant to match it.
var secret = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f-]{4,}|[0-9a-f]{24,}|\b\d{1,3}(\.\d{1,3}){3}\b|\S+@\S+`)

// withhold is the last line of defence: it takes out what looks like a secret,
// and the values of all variables but those that are no secrets.
func withhold(report string) string {
	const gone = "(withheld)"
	report = secret.ReplaceAllString(report, gone)
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		if len(value) >= 4 && value != os.Getenv(region) && confidential(name) {
			report = strings.ReplaceAll(report, value, gone)
		}
	}
	return report
}

// confidential reports whether the value of a variable is to be kept out.
func confidential(variable string) bool {
	switch variable {
	case dwsAction, "HW_INSECURE", "HW_MAX_RETRIES", "HW_ASSUME_ROLE_DURATION":
		return false
	}
	for _, prefix := range []string{"HW_", "HWTASKS_ACC_", "HUAWEICLOUD_SDK_", "CLOUD_SDK_"} {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}
