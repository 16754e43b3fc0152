// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"log"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRing_findsThePackagesByWhatTheirTestsImport(t *testing.T) {
	packages, err := ring(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		module, module + "/examples", module + "/internal/datasources", module + "/internal/cmd/demo",
		module + "/internal/functions", module + "/internal/cmd/schemajson",
	} {
		if !slices.Contains(packages, name) {
			t.Errorf("%s is missing among %q", name, packages)
		}
	}
	for _, name := range []string{module + "/internal/client", module + "/internal/compat", module + "/internal/task"} {
		if slices.Contains(packages, name) {
			t.Errorf("%s needs no Terraform", name)
		}
	}
}

// tests is what "go test -json" says of four packages: one passes with a test
// that is skipped, one has a test that fails and one that never ends, one
// leaves a goroutine behind, and one cannot be built.
const tests = `{"Action":"start","Package":"` + module + `/a"}
{"Action":"output","Package":"` + module + `/a","Test":"TestOne","Output":"=== RUN   TestOne\n"}
{"Action":"pass","Package":"` + module + `/a","Test":"TestOne/first"}
{"Action":"output","Package":"` + module + `/a","Test":"TestOne/second","Output":"    testcase.go:34: Terraform CLI version 1.5.7 is too old\n"}
{"Action":"output","Package":"` + module + `/a","Test":"TestOne/second","Output":"    --- SKIP: TestOne/second (0.00s)\n"}
{"Action":"skip","Package":"` + module + `/a","Test":"TestOne/second"}
{"Action":"pass","Package":"` + module + `/a","Test":"TestOne"}
{"Action":"pass","Package":"` + module + `/a","Elapsed":1.26}
{"Action":"output","Package":"` + module + `","Test":"TestTwo","Output":"    main_test.go:12: broken\n"}
{"Action":"fail","Package":"` + module + `","Test":"TestTwo"}
{"Action":"output","Package":"` + module + `","Test":"TestThree","Output":"    main_test.go:21: nobody wants to see this\n"}
{"Action":"pass","Package":"` + module + `","Test":"TestThree"}
{"Action":"run","Package":"` + module + `","Test":"TestUnfinished"}
{"Action":"fail","Package":"` + module + `","Elapsed":2}
{"Action":"pass","Package":"` + module + `/b","Test":"TestFour"}
{"Action":"output","Package":"` + module + `/b","Output":"goleak: found unexpected goroutines\n"}
{"Action":"fail","Package":"` + module + `/b","Elapsed":0.5}
{"ImportPath":"` + module + `/c","Action":"build-output","Output":"c.go:3: syntax error\n"}
{"ImportPath":"` + module + `/c","Action":"build-fail"}
{"Action":"fail","Package":"` + module + `/c","Elapsed":0,"FailedBuild":"` + module + `/c"}
`

func TestTable_countsTestsAndTellsReasons(t *testing.T) {
	var b strings.Builder
	out := log.New(&b, "", 0)
	old, err := read(out, "Terraform 1.5.7", strings.NewReader(tests))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(tests, `{"Action":"output","Package":"`+module+`","Test":"TestTwo"`)
	good, err := read(out, "OpenTofu 1.12.6", strings.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	err = table(out, []*results{old, good})
	if want := "tests have failed on Terraform 1.5.7"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	want := `ok     a 1.3s
    main_test.go:12: broken
FAILED . 2s
goleak: found unexpected goroutines
FAILED b 500ms
c.go:3: syntax error
FAILED c 0s
ok     a 1.3s

=== results
engine              package                 passed  failed  skipped  result
Terraform 1.5.7     .                            1       2        0  FAILED
Terraform 1.5.7     a                            1       0        1  ok
Terraform 1.5.7     b                            1       0        0  FAILED
Terraform 1.5.7     c                            0       0        0  FAILED
Terraform 1.5.7     all                          3       2        1  FAILED
OpenTofu 1.12.6     a                            1       0        1  ok
OpenTofu 1.12.6     all                          1       0        1  ok
Terraform 1.5.7: 1 skipped: Terraform CLI version 1.5.7 is too old
OpenTofu 1.12.6: 1 skipped: Terraform CLI version 1.5.7 is too old
`
	if difference := cmp.Diff(want, b.String()); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
}

func TestRead_refusesWhatIsNoResult(t *testing.T) {
	if _, err := read(log.New(io.Discard, "", 0), "Terraform 1.5.7", strings.NewReader("no test files\n")); err == nil {
		t.Error("no error")
	}
}
