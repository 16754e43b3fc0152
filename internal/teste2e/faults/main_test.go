// SPDX-License-Identifier: MPL-2.0

// Package faults_test proves what the provider does when something goes wrong,
// through the whole path of a read: Terraform's protocol, the gate, the wait, the
// client, and a cloud or a network that fails. Time is virtual.
//
// The matrix (matrix_test.go) is the specification. Each of its rows says how an
// error is handled, and which faults cause it. A guide describes that to users:
// guide_test.go compares the rows, and the matrix sees that each error has the
// words that the guide quotes. Random timelines (random_test.go) find what no
// row covers.
package faults_test

import (
	"net/http"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

type args = providertest.Args

func connect(t *testing.T, network http.RoundTripper, settings args) *providertest.Server {
	t.Helper()
	return providertest.MustConnect(t, provider.NewWithTransport("test", network), providertest.Settings().With(settings))
}

// target is a source, and the request of it that fails.
type target struct {
	providertest.Source
	path   string
	unable string // summary of the error if the request fails for good
	lookup bool   // the request comes once, before all polls
}

// at are the targets of these sources.
func at(names ...string) []target {
	var all []target
	for _, name := range names {
		s := providertest.SourceNamed(name)
		all = append(all, target{Source: s, path: s.Path(), unable: "Unable to read " + s.Noun})
	}
	return all
}

// everywhere is the target of each source.
func everywhere() []target {
	var all []target
	for _, s := range providertest.Sources() {
		all = append(all, at(s.Name)...)
	}
	return all
}

// oneOfEachShape are targets that share no code.
func oneOfEachShape() []target {
	return at("dcs_job", "dcs_background_tasks", "cce_snapshot_tasks", "dws_cluster_action")
}

// confirmation is how many more requests to the path a success takes: a wait reads
// a list again, and the last read of a list asks past its end. The project is not
// looked up again by a wait.
func (tg target) confirmation(waits bool) int {
	n := 0
	if waits && tg.lookup {
		n--
	}
	if waits && !tg.lookup && tg.Shape == providertest.List {
		n++
	}
	if !tg.lookup && tg.NextPage != nil {
		n++
	}
	return n
}

// iam is the lookup of the project that comes before the first poll if none is
// configured.
func iam() []target {
	all := at("dcs_job")
	all[0].path, all[0].unable, all[0].lookup = fakecloud.ProjectsPath, "Unable to find the project", true
	return all
}
