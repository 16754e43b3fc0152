// SPDX-License-Identifier: MPL-2.0

package providertest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

// Source is a row of the table of sources: a task API, as its document and the
// contract describe it. Tests take from it all that differs between sources.
type Source struct {
	Name    string // of the data source, without its prefix: "dcs_job"
	Noun    string // in messages: "DCS job"
	Service string // its key in endpoints: "dcs"
	Shape   Shape

	API     string // path of the request, as documented: "/v2/{project_id}/jobs/{job_id}"
	Args    Args   // required arguments
	OneTask Args   // further arguments with which a list returns one task, the one of Body
	Recent  Args   // or those by which a wait accepts any task of a list, however old
	Options string // names of all its other optional arguments
	ID      string // the attribute id

	Statuses map[string][]string        // documented statuses by task state
	Body     func(status string) string // a response whose task has this status, and says why it failed
	Reason   string                     // part of the reason if Body's task has failed
	NextPage func(body string) string   // of a paged list: the page that follows a body
	Missing  []fakecloud.Response       // each of them means that there is no such task

	Members  []string          // of the documented response, a type and the names that have it
	Renamed  map[string]string // attributes that are not named like their field: "id": "action_id"; "" for none
	Hoisted  string            // the field whose fields are attributes: "snapshot"
	Computed string            // attributes that are not documented fields
	Samples  []Sample          // the documented example is the first
}

// Shape is how a source finds its task. Sources of one shape share their code.
type Shape int

// The shapes.
const (
	Single Shape = iota // the API returns one task
	List                // the API returns several tasks
	Traced              // one task, which may leave traces elsewhere once it is missing
)

// Sample is a response, and the state that it becomes.
type Sample struct {
	Name string
	Body string
	// State is a JSON object. Attributes that are null are left out, in objects
	// and lists too. So are those that follow from the arguments and from state.
	State string
	Args  Args // replace those of the source
}

func sample(name, body, state string) Sample { return Sample{Name: name, Body: body, State: state} }

func (s Sample) with(a Args) Sample { s.Args = a; return s }

// Sources is the table, in the order of datasources.Sources.
func Sources() []Source {
	return []Source{
		dwsClusterAction(), dwsJob(), dwsSnapshot(),
		dcsBackgroundTasks(), dcsTaskProgress(), dcsJob(),
		cceSnapshotTasks(), cceAutopilotSnapshotTasks(), cceJob(), cceAutopilotJob(), cceUpgradeTask(), cceAutopilotUpgradeTask(),
	}
}

// SourceNamed is a row of the table.
func SourceNamed(name string) Source {
	sources := Sources()
	i := slices.IndexFunc(sources, func(s Source) bool { return s.Name == name })
	if i < 0 {
		panic("there is no source " + name)
	}
	return sources[i]
}

// Path is the path of the request that reads the task.
func (s Source) Path() string { return s.PathOf(nil) }

// PathOf is Path with some arguments replaced.
func (s Source) PathOf(others Args) string {
	path := strings.Replace(s.API, "{project_id}", ProjectID, 1)
	for name, value := range s.Args.With(others) {
		path = strings.Replace(path, "{"+name+"}", fmt.Sprint(value), 1)
	}
	return path
}

// Task are the arguments that name one task, of a list too.
func (s Source) Task() Args { return s.Args.With(s.OneTask) }

// Status is the first documented status of a task state.
func (s Source) Status(state string) string { return s.Statuses[state][0] }

// In is a response whose task is in a state, or in none that is documented.
func (s Source) In(state string) fakecloud.Response {
	switch state {
	case "missing":
		return s.Response(s.Missing[0])
	case "unknown":
		return s.Response(fakecloud.Response{Body: s.Body("FROZEN")})
	default:
		return s.Response(fakecloud.Response{Body: s.Body(s.Status(state))})
	}
}

// Response completes a response: a paged list ends after its first page.
func (s Source) Response(r fakecloud.Response) fakecloud.Response {
	if s.NextPage != nil {
		r.NextPage = s.NextPage(r.Body)
	}
	return r
}

// Attributes are the paths of all attributes of the data source.
func (s Source) Attributes() []string {
	all := map[string]bool{}
	add := func(names string) {
		for name := range strings.FieldsSeq(names) {
			all[name] = true
		}
	}
	add("region project_id wait_for poll_interval timeouts timeouts.read on_missing status_map")
	add("id state completed succeeded failed found percent reason summary")
	if s.Shape == List {
		add("idle")
	}
	for name := range s.Task().With(s.Recent) {
		add(name)
	}
	add(s.Options)
	add(s.Computed)
	for _, line := range s.Members {
		_, members, _ := strings.Cut(line, ": ")
		for member := range strings.FieldsSeq(members) {
			add(s.attribute(member))
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// attribute is the path of the attribute that a field becomes, "" if there is not one.
func (s Source) attribute(member string) string {
	if name, renamed := s.Renamed[member]; renamed {
		return name
	}
	if member == s.Hoisted {
		return ""
	}
	return snake(strings.TrimPrefix(member, s.Hoisted+"."))
}

// snake writes the path of a field as that of an attribute. A run of capitals is
// one word: "clusterUID" is cluster_uid.
func snake(path string) string {
	var b strings.Builder
	lower := false
	for _, r := range strings.ReplaceAll(path, "[]", "") {
		upper := r >= 'A' && r <= 'Z'
		if upper {
			if lower {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		lower = !upper && r >= 'a' && r <= 'z'
		b.WriteRune(r)
	}
	return b.String()
}

// State is the whole state of a sample.
func (s Source) State(sample Sample) map[string]any {
	own := decode(sample.State)
	state, _ := own["state"].(string)
	all := map[string]any{
		"region": Region, "project_id": ProjectID, "id": s.ID,
		"completed": state == "succeeded" || state == "failed", "succeeded": state == "succeeded", "failed": state == "failed",
		"found": state != "missing",
	}
	maps.Copy(all, s.Args.With(sample.Args))
	maps.Copy(all, own)
	s.addNulls("", all)
	return all
}

// decode reads a JSON object that stands in the source code.
func decode(text string) map[string]any {
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		panic(fmt.Errorf("%w in %s", err, text))
	}
	return object
}

// addNulls adds the attributes that an object lacks, and that objects in it lack.
func (s Source) addNulls(prefix string, value any) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			s.addNulls(prefix, element)
		}
	case map[string]any:
		for _, path := range s.Attributes() {
			name, below := strings.CutPrefix(path, prefix)
			if _, set := value[name]; below && !set && !strings.Contains(name, ".") {
				value[name] = nil
			}
		}
		for name, member := range value {
			s.addNulls(prefix+name+".", member)
		}
	}
}
