// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// facts returns the text of each placeholder.
func facts(source datasources.Source) map[string]string {
	return map[string]string{
		"SUBCATEGORY": subcategory(source),
		"API":         apiLink(source),
		"STATUSES":    statusTable(source),
		"PERMISSION":  permission(source),
		"SOURCE":      source.Name(),
		"NOTE":        note(source),
	}
}

// subcategory is that of the official provider for the same service.
func subcategory(source datasources.Source) string {
	switch {
	case strings.HasPrefix(source.Name(), "cce_autopilot_"):
		return "Cloud Container Engine Autopilot (CCE Autopilot)"
	case source.Service() == transport.CCE:
		return "Cloud Container Engine (CCE)"
	case source.Service() == transport.DWS:
		return "GaussDB(DWS)"
	default:
		return "Distributed Cache Service (DCS)"
	}
}

// apiLink links to API Explorer, whose address follows from the name of the
// operation; that of a page in the help center does not.
func apiLink(source datasources.Source) string {
	api := source.API()
	return fmt.Sprintf("`GET %s` ([%s in API Explorer](https://console-intl.huaweicloud.com/apiexplorer/#/openapi/%s/doc?api=%s))",
		api.Path, api.Operation, strings.ToUpper(string(source.Service())), api.Operation)
}

// statusTable lists the statuses of each task state, as the service writes them.
func statusTable(source datasources.Source) string {
	byState := map[task.State][]string{}
	for status, state := range source.Statuses() {
		byState[state] = append(byState[state], "`"+written(source, status)+"`")
	}
	var table strings.Builder
	table.WriteString("| Task state | Status of the API |\n|---|---|\n")
	for _, state := range []task.State{task.Pending, task.Running, task.Succeeded, task.Failed} {
		statuses := byState[state]
		if len(statuses) == 0 {
			continue
		}
		slices.Sort(statuses)
		fmt.Fprintf(&table, "| `%s` | %s |\n", state, strings.Join(statuses, ", "))
	}
	table.WriteString("| `unknown` | any other status, or none |")
	return table.String()
}

// written is a status in the case of the service: CCE capitalizes, the others use
// capitals only.
func written(source datasources.Source, status string) string {
	if source.Service() == transport.CCE {
		return strings.ToUpper(status[:1]) + status[1:]
	}
	return strings.ToUpper(status)
}

func permission(source datasources.Source) string {
	text := "The IAM action `" + source.API().IAMAction + "`"
	if source.Name() == "dws_cluster_action" {
		text += ", and with `on_missing = \"succeeded\"` also `dws:openAPICluster:getDetail`"
	}
	return text + ". If `project_id` is not set, also `iam:projects:listProjects`."
}

// note is what a user of the source must know first.
func note(source datasources.Source) string {
	switch {
	case source.IsList():
		return "~> A wait for a task of this list needs to know which task is meant: yesterday's success would satisfy it. " +
			"See [Avoid stale results](../guides/avoid-stale-results.md)."
	case source.Reusable():
		return "~> DWS lists a cluster task (`action_name`) only while it is in progress, and a failed one under another name. " +
			"See [Handle expired records](../guides/handle-expired-records.md), and " +
			"[Prefer a job or a snapshot](../guides/avoid-stale-results.md#prefer-a-job-or-a-snapshot-to-a-cluster-task-of-dws)."
	case source.Name() == "dws_snapshot":
		return "-> The record exists while the snapshot does: DWS deletes automated snapshots after their retention period. " +
			"See [Handle expired records](../guides/handle-expired-records.md)."
	default:
		return "-> The service deletes old records. See [Handle expired records](../guides/handle-expired-records.md)."
	}
}
