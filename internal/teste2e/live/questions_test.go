// SPDX-License-Identifier: MPL-2.0

package live_test

// question is something that the documents leave open, contradict, or show
// otherwise than they describe it. The provider handles each of the answers; a
// known answer would let it handle fewer.
type question struct {
	text  string // with names of fields in backticks, as in the guide "Status"
	needs string // what a run must have to answer it
}

const (
	dcsInstance = "HWTASKS_ACC_DCS_INSTANCE_ID"
	dwsAction   = "HWTASKS_ACC_DWS_ACTION_NAME"
	dwsJobID    = "HWTASKS_ACC_DWS_JOB_ID"
	autopilot   = "HWTASKS_ACC_CCE_AUTOPILOT_"
	backups     = "HWTASKS_ACC_CCE_CLUSTER_ID or " + autopilot + "CLUSTER_ID, with backups"
	upgrades    = "HWTASKS_ACC_CCE_TASK_ID or " + autopilot + "TASK_ID"
)

var (
	dwsAbsence   = &question{"What does DWS return for a cluster task that is over, or was never started?", "HWTASKS_ACC_DWS_CLUSTER_ID"}
	dwsID        = &question{"Does a cluster task of DWS keep its ID and its `submit_time` from one read to the next?", dwsAction + ", of a task in progress"}
	dwsZone      = &question{"In which time zone are the times of DWS cluster tasks, which have none?", dwsAction + ", of a task in progress"}
	dwsJobZone   = &question{"In which time zone are the times of DWS jobs, which have none?", dwsJobID + ", of a running job"}
	dwsJobEnd    = &question{"What is the `end_time` of a DWS job that is running?", dwsJobID + ", of a running job"}
	dwsCreating  = &question{"What is `finished` of a DWS snapshot that is being created?", "HWTASKS_ACC_DWS_SNAPSHOT_ID, of such a snapshot"}
	dwsNoJob     = &question{"What does DWS return for a job or a snapshot that does not exist?", region}
	dwsRetention = &question{"How long does DWS keep the records of jobs?", dwsJobID + ", of an old job"}

	dcsWindow    = &question{"Does DCS apply `start_time`, as its table says, although its example has `begin_time`?", dcsInstance + ", with tasks of different times"}
	dcsCount     = &question{"Is `task_count` a string, as its table says, or a number, as in its example?", dcsInstance}
	dcsPastEnd   = &question{"What does DCS return past the end of its list of tasks?", dcsInstance + ", with tasks"}
	dcsOrder     = &question{"In which order does DCS list tasks?", dcsInstance + ", with tasks of different times"}
	dcsStatuses  = &question{"Which statuses does a DCS task have, and how is a failure spelled?", dcsInstance + ", with a task that has failed"}
	dcsHidden    = &question{"What is the progress of a DCS task whose `enable_show` is false?", dcsInstance + ", with tasks"}
	dcsStepZone  = &question{"In which time zone are the times of DCS's steps, if they have none?", dcsInstance + ", with a task that has steps"}
	dcsNoJob     = &question{"What does DCS return for a job that does not exist?", region}
	dcsRetention = &question{"How long does DCS keep the records of tasks and jobs?", dcsInstance + " and HWTASKS_ACC_DCS_JOB_ID, of old ones"}

	ccePhases      = &question{"Which phases does a backup of CCE have?", backups}
	cceBackupOrder = &question{"How many backups does CCE list, and in which order?", backups}
	cceCompletion  = &question{"What is the `completionTime` of a backup that has succeeded?", backups}
	cceAlike       = &question{"Does CCE Autopilot respond in the form of CCE?", autopilot + "CLUSTER_ID, with backups"}
	cceNoTask      = &question{"What does CCE return for a job or an upgrade task that does not exist?", region + "; for upgrade tasks also HWTASKS_ACC_CCE_CLUSTER_ID"}
	cceRetention   = &question{"How long does CCE keep the records of jobs and upgrade tasks?", "HWTASKS_ACC_CCE_JOB_ID and HWTASKS_ACC_CCE_TASK_ID, of old ones"}
	cceOtherPath   = &question{"Does a CCE job of an Autopilot cluster appear under the path of other clusters too?", autopilot + "JOB_ID"}
	cceItems       = &question{"Which form do the `spec.items` of an upgrade task have?", upgrades}
	cceRetry       = &question{"Does a retry continue a failed upgrade task under the same ID?", upgrades + ", of a task that was retried after it failed"}

	hosts = &question{"In which domain are DCS and DWS in this region?", region + ", and neither " + endpoints + " nor HW_CLOUD"}
)

// questions are in the order of the report.
func questions() []*question {
	return []*question{
		dwsAbsence, dwsID, dwsZone, dwsJobZone, dwsJobEnd, dwsCreating, dwsNoJob, dwsRetention,
		dcsWindow, dcsCount, dcsPastEnd, dcsOrder, dcsStatuses, dcsHidden, dcsStepZone, dcsNoJob, dcsRetention,
		ccePhases, cceBackupOrder, cceCompletion, cceAlike, cceNoTask, cceRetention, cceOtherPath, cceItems, cceRetry,
		hosts,
	}
}
