// SPDX-License-Identifier: MPL-2.0

package acceptance_test

// question is something that the documents leave open, contradict themselves
// about, or show otherwise than they say it. The provider copes with each of the
// answers; an answer would let it cope with fewer.
type question struct {
	text  string
	needs string // what a run must have to tell something about it
}

var (
	dwsAbsence = &question{"What does DWS answer for an action that is over, or was never begun?", dwsCluster}
	dwsID      = &question{"Does an action of DWS keep its id from one read to the next?", dwsAction + ", of an action in progress"}
	dwsZone    = &question{"In which zone are the times of DWS, which name none?", dwsAction + ", of an action in progress"}

	dcsWindow    = &question{"What begins the window of DCS's list: start_time, as its table says, or begin_time, as its example has it?", dcsInstance + ", with tasks of different times"}
	dcsCount     = &question{"Is task_count a string, as its table says, or a number, as its example has it?", dcsInstance}
	dcsOrder     = &question{"In which order does DCS list tasks?", dcsInstance + ", with tasks of different times"}
	dcsFailure   = &question{"How does DCS spell the failure of a task?", dcsInstance + ", with a task that has failed"}
	dcsHidden    = &question{"What does the progress of a DCS task tell whose enable_show is false?", dcsInstance + ", with tasks"}
	dcsStepZone  = &question{"In which zone are the times of DCS's steps, where they name none?", dcsInstance + ", with a task that has steps"}
	dcsNoJob     = &question{"How does DCS say that there is no such job?", region}
	dcsRetention = &question{"For how long does DCS keep the records of tasks and jobs?", dcsInstance + " and " + dcsJob + ", of old ones"}

	ccePhases     = &question{"Which phases does a backup of CCE pass through?", cceCluster + " or " + cceAutopilot + ", with backups"}
	cceRetention  = &question{"How many backups does CCE list, and in which order?", cceCluster + " or " + cceAutopilot + ", with backups"}
	cceCompletion = &question{"What is the completionTime of a backup that has succeeded?", cceCluster + " or " + cceAutopilot + ", with such a backup"}
	cceAlike      = &question{"Does CCE Autopilot answer in the form of CCE?", cceAutopilot + ", with backups"}

	hosts = &question{"Under which domain are DCS and DWS to be found in this region?", region + ", and neither " + endpoints + " nor HW_CLOUD"}
)

// questions are all of them, in the order of the report.
func questions() []*question {
	return []*question{
		dwsAbsence, dwsID, dwsZone,
		dcsWindow, dcsCount, dcsOrder, dcsFailure, dcsHidden, dcsStepZone, dcsNoJob, dcsRetention,
		ccePhases, cceRetention, cceCompletion, cceAlike,
		hosts,
	}
}
