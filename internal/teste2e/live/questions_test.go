// SPDX-License-Identifier: MPL-2.0

package live_test

// question is something that the documents leave open, contradict, or show
// otherwise than they describe it. The provider handles each of the answers; a
// known answer would let it handle fewer.
type question struct {
	text  string
	needs string // what a run must have to answer it
}

const (
	dcsInstance = "HWTASKS_ACC_DCS_INSTANCE_ID"
	dwsAction   = "HWTASKS_ACC_DWS_ACTION_NAME"
	backups     = "HWTASKS_ACC_CCE_CLUSTER_ID or HWTASKS_ACC_CCE_AUTOPILOT_CLUSTER_ID, with backups"
)

var (
	dwsAbsence = &question{"What does DWS return for an action that is over, or was never started?", "HWTASKS_ACC_DWS_CLUSTER_ID"}
	dwsID      = &question{"Does an action of DWS keep its ID from one read to the next?", dwsAction + ", of an action in progress"}
	dwsZone    = &question{"In which time zone are the times of DWS, which have none?", dwsAction + ", of an action in progress"}

	dcsWindow    = &question{"Does DCS apply start_time, as its table says, although its example has begin_time?", dcsInstance + ", with tasks of different times"}
	dcsCount     = &question{"Is task_count a string, as its table says, or a number, as in its example?", dcsInstance}
	dcsOrder     = &question{"In which order does DCS list tasks?", dcsInstance + ", with tasks of different times"}
	dcsStatuses  = &question{"Which statuses does a DCS task have, and how is a failure spelled?", dcsInstance + ", with a task that has failed"}
	dcsHidden    = &question{"What is the progress of a DCS task whose enable_show is false?", dcsInstance + ", with tasks"}
	dcsStepZone  = &question{"In which time zone are the times of DCS's steps, if they have none?", dcsInstance + ", with a task that has steps"}
	dcsNoJob     = &question{"What does DCS return for a job that does not exist?", region}
	dcsRetention = &question{"How long does DCS keep the records of tasks and jobs?", dcsInstance + " and HWTASKS_ACC_DCS_JOB_ID, of old ones"}

	ccePhases     = &question{"Which phases does a backup of CCE have?", backups}
	cceRetention  = &question{"How many backups does CCE list, and in which order?", backups}
	cceCompletion = &question{"What is the completionTime of a backup that has succeeded?", backups}
	cceAlike      = &question{"Does CCE Autopilot respond in the form of CCE?", "HWTASKS_ACC_CCE_AUTOPILOT_CLUSTER_ID, with backups"}

	hosts = &question{"In which domain are DCS and DWS in this region?", region + ", and neither " + endpoints + " nor HW_CLOUD"}
)

// questions are in the order of the report.
func questions() []*question {
	return []*question{
		dwsAbsence, dwsID, dwsZone,
		dcsWindow, dcsCount, dcsOrder, dcsStatuses, dcsHidden, dcsStepZone, dcsNoJob, dcsRetention,
		ccePhases, cceRetention, cceCompletion, cceAlike,
		hosts,
	}
}
