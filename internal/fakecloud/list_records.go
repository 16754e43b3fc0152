// SPDX-License-Identifier: MPL-2.0

package fakecloud

import (
	"cmp"
	"slices"
)

// record is one entry of a list.
type record struct {
	id     string
	object object
}

func objects(records []record) []object {
	all := []object{}
	for _, r := range records {
		all = append(all, r.object)
	}
	return all
}

func distinct(records []record) int {
	ids := map[string]bool{}
	for _, r := range records {
		ids[r.id] = true
	}
	return len(ids)
}

// records returns all records of the list at a position.
func (l *ScriptedList) records(p position, claim State) []record {
	var all []record
	for _, task := range l.script.Tasks {
		step, exists := currentStep(task.Steps, p)
		if !exists || anyContains(task.Hidden, p) {
			continue
		}
		if claim != "" {
			step = Step{State: claim}
		}
		steps := slices.Repeat([]Step{step}, 1+task.Copies)
		if task.Contradiction != "" && claim == "" {
			steps = append(steps, Step{State: task.Contradiction})
		}
		for _, each := range steps {
			each.At = step.At
			all = append(all, record{task.ID, l.record(task, each)})
		}
	}
	return all
}

// record returns a record in the form of the API.
func (l *ScriptedList) record(task TaskScript, step Step) object {
	start := l.history.clock.start
	created := task.Created
	if created.IsZero() {
		created = start.Add(task.Steps[0].At.After)
	}
	updated := start.Add(step.At.After)
	if updated.Before(created) {
		updated = created
	}
	form, createdPath, updatedPath := "2006-01-02T15:04:05.000Z", []string{"created_at"}, []string{"updated_at"}
	if l.api.list == wholeList {
		form = "2006-01-02 15:04:05.999999999 -0700 MST"
		createdPath, updatedPath = []string{"metadata", "creationTimestamp"}, []string{"metadata", "updateTimestamp"}
	}
	body := l.api.report(task.ID, step).
		with(createdPath, cmp.Or(task.CreatedText, created.UTC().Format(form))).
		with(updatedPath, updated.UTC().Format(form))
	if task.CreatedText == "-" {
		body = body.without(createdPath)
	}
	if l.api.list == pagedList {
		body = body.with([]string{"name"}, task.Name)
	}
	if task.OddTypes {
		body = l.api.withOddTypes(body)
	}
	return append(body, parseFields(task.Fields)...)
}

// cceList has a backup time and empty metadata, as in the documents' example.
func cceList(records []record) object {
	return object{
		{"kind", "List"},
		{"apiVersion", "v3.1"},
		{"metadata", object{}},
		{"items", objects(records)},
		{"status", object{{"latestBackupTime", "2023-11-25 17:03:47.980844 +0800 CST"}}},
	}
}
