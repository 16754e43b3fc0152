// SPDX-License-Identifier: MPL-2.0

package client

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// Thing is what a service's code is about.
type Thing string

// The things that a service can report as nonexistent. Only Job and Snapshot mean
// that the task itself is missing.
const (
	NoThing  Thing = ""
	URL      Thing = "URL" // the API is not there: wrong region, endpoint, or version
	Instance Thing = "instance"
	Cluster  Thing = "cluster"
	Job      Thing = "job"
	Snapshot Thing = "snapshot"
	Order    Thing = "order"
	Agency   Thing = "agency"
	Argument Thing = "argument" // an ID or parameter that the service does not accept
	Other    Thing = "other"    // something that says nothing about a task
)

// things gives the meaning of each code that says that something does not
// exist, or that can be mistaken for such a one.
// Sources: the error code tables of DCS, DWS, and CCE, and the official provider
// for the codes of a missing DWS cluster or snapshot. No table has a code for a
// missing DCS task, DWS job, or CCE job: CCE has one code for whatever is missing.
var things = map[string]Thing{
	"APIGW.0101": URL, "APIG.0101": URL,

	"DCS.4001": URL, "111404001": URL,
	"DCS.3022": Instance, "111404022": Instance, "DCS.4031": Instance, "DCS.4119": Instance, "111400119": Instance,
	"DCS.4023": Order, "111404023": Order,
	"DCS.5101": Agency,
	"DCS.4133": Job, // "Instance job is not found.", also used with other texts
	"DCS.4061": Argument, "111400061": Argument,
	"DCS.4062": Argument, "111400062": Argument,
	"DCS.4063": Argument, "111400063": Argument,
	"DCS.4070": Argument, "111400070": Argument,
	"DCS.4094": Argument, "111400094": Argument,

	"DWS.0001": Argument, // "incorrect parameter", also a cluster ID that is not a UUID
	"DWS.0015": Cluster,  // "not found or permission denied"
	"DWS.0047": Cluster,
	"DWS.3027": Cluster,
	"DWS.5149": Snapshot, // "snapshot ID is invalid", perhaps also an ID of another form
	"DWS.5064": Argument,
	"DWS.5021": Other, "DWS.5022": Other, "DWS.5023": Other, // VPC, subnet, security group
	"DWS.5111": Other, "DWS.5212": Other, "DWS.10101": Other, // backup file, public domain, disaster recovery
	"DWS.5182": Other, "DWS.5183": Other, // a data load that was stopped or canceled
	"DWS.0020": Other, "DWS.5036": Other, // a restricted account, a datastore without permission
	"DWS.0005": Other, "DWS.0011": Other, "DWS.7023": Other, "DWS.9999": Other, // internal, or another operation

	"CCE.01404001": Cluster, "CCE.02404001": Cluster, "CCE.03404001": Cluster, "CCE_CM.0003": Cluster,
}

// ThingOf returns what a code is about, NoThing if it is in no table.
func ThingOf(code string) Thing { return things[code] }

// Missing returns what a response says does not exist, NoThing if it says
// nothing of the kind.
func Missing(e *transport.Error) Thing {
	switch thing := ThingOf(e.Code); {
	case e.Kind != transport.KindStatus && e.Kind != transport.KindNotFound:
		return NoThing
	case thing == Argument, thing == Other:
		return NoThing
	default:
		return thing
	}
}

// namesJob reports whether a text is about a job or task, not about its instance.
func namesJob(text string) bool {
	words := strings.FieldsFunc(task.Fold(text), func(r rune) bool { return r < 'a' || r > 'z' })
	return slices.ContainsFunc(words, func(word string) bool {
		return word == "job" || word == "jobs" || word == "task" || word == "tasks"
	})
}

// noSuchDCSTask reports whether DCS says that there is no such job or task. No
// code for it is documented, so the text must say so too: 400 or 404 with
// DCS.4133, or 404 with a DCS code that is in no table.
func noSuchDCSTask(e *transport.Error) bool {
	if !namesJob(e.Message) {
		return false
	}
	switch thing := ThingOf(e.Code); {
	case thing == Job:
		return e.Status == http.StatusNotFound || e.Status == http.StatusBadRequest
	default:
		return thing == NoThing && e.Status == http.StatusNotFound && isDCSCode(e.Code)
	}
}

// noSuchDWSTask reports whether DWS says that there is no such task: 404 with a
// code of its own that is in no table. What the live API returns is not known.
func noSuchDWSTask(e *transport.Error) bool {
	return e.Status == http.StatusNotFound && strings.HasPrefix(e.Code, "DWS.") && ThingOf(e.Code) == NoThing
}

// isCCENotFound reports whether CCE says that what the path names does not
// exist: a cluster, a job, or a task, since they share the codes. Either code can
// come first. What the live API returns for a job or a task is not known.
func isCCENotFound(e *transport.Error) bool {
	return e.Status == http.StatusNotFound && (e.Code == "CCE.01404001" || e.Code == "CCE_CM.0003")
}

// isDCSCode recognizes both spellings of the service's codes: "DCS.4022" and
// "111400022".
func isDCSCode(code string) bool {
	return strings.HasPrefix(code, "DCS.") || len(code) == 9 && strings.HasPrefix(code, "111")
}

// asNotFound turns an error status into transport.KindNotFound where it says that there
// is no such task.
func asNotFound(err error, noSuchTask func(*transport.Error) bool) error {
	if e, ok := err.(*transport.Error); ok && e.Kind == transport.KindStatus && noSuchTask(e) { //nolint:errorlint // an error of a request is returned unwrapped, or joined with the end of the context
		e.Kind = transport.KindNotFound
	}
	return err
}
