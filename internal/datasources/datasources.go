// SPDX-License-Identifier: MPL-2.0

// Package datasources is Terraform's side of the task APIs: their schemas, and
// the mapping of each field from a response to the state.
//
// A [Source] has one file with its schema, its model, and its mapping.
// Everything else exists once: source.go is the engine, arguments.go and
// result.go are what all sources share, and datasource.go, like packages
// resources and actions, is one of the three forms of a source. What a poll means
// is decided in package gate.
//
// To add a source: a method of client.Project that reads it and an Observe that
// maps it to a task state; a file here; a line in Sources; a folder in examples;
// a row in the source table of package providertest.
package datasources

import "github.com/hashicorp/terraform-plugin-framework/datasource"

// Sources returns all sources. Each is offered as a data source, as a gate
// resource, and as an action.
func Sources() []Source {
	return []Source{
		dwsClusterAction(),
		dwsJob(),
		dwsSnapshot(),
		dcsBackgroundTasks(),
		dcsTaskProgress(),
		dcsJob(),
		cceSnapshotTasks(),
		cceAutopilotSnapshotTasks(),
		cceJob(),
		cceAutopilotJob(),
		cceUpgradeTask(),
		cceAutopilotUpgradeTask(),
	}
}

// All returns the constructors of all data sources.
func All() []func() datasource.DataSource {
	var all []func() datasource.DataSource
	for _, s := range Sources() {
		all = append(all, func() datasource.DataSource { return &dataSource{Source: s} })
	}
	return all
}
