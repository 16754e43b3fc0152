// SPDX-License-Identifier: MPL-2.0

// Package datasources is Terraform's side of the task APIs: their schemas and
// the way of each field from an answer into the state.
//
// A data source is a value of type Source and a model, in a file of its own:
// the source names and describes it, the model holds its arguments and fields
// and looks at the task once. Everything else exists once, in source.go (the
// engine: metadata, schema, configuration, reading) and attributes.go (what all
// sources share); what a look means is decided in package gate.
//
// To add another one: a method of client.Project that reads it and an Observe
// that judges it; a file here; a line in Sources; a folder in examples.
package datasources

import "github.com/hashicorp/terraform-plugin-framework/datasource"

// Sources lists all sources; an action stands beside each data source.
func Sources() []Source {
	return []Source{
		dwsClusterAction(),
		dcsBackgroundTasks(),
		dcsTaskProgress(),
		dcsJob(),
		cceSnapshotTasks(),
		cceAutopilotSnapshotTasks(),
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
