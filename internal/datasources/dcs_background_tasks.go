// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/diagnostics"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dcsBackgroundTasks() Source {
	return Source{
		name: "dcs_background_tasks",
		noun: "DCS background tasks",
		description: "Background tasks of a Distributed Cache Service (DCS) instance. The state is that of all tasks that match the filters, taken together: " +
			"`running` while any is pending or running, else `unknown` or `failed` if any is, else `succeeded`. All pages are read.",
		service:  transport.DCS,
		api:      API{Operation: "ListBackgroundTask", Path: "/v2/{project_id}/instances/{instance_id}/tasks", IAMAction: "dcs:instance:getBackgroundTask"},
		statuses: client.DCSBackgroundTaskStatuses,
		list:     &listArguments{task: "task_id", after: "start_time", before: "end_time", filters: []string{"task_id", "start_time", "end_time", "name", "latest"}},
		model:    func() model { return &dcsBackgroundTasksModel{} },
		attributes: map[string]schema.Attribute{
			"instance_id": requiredID("ID of the instance."),
			"start_time":  windowAttribute("Selects the tasks created at this time or later"),
			"end_time":    windowAttribute("Selects the tasks created at this time or earlier"),
			"task_id": schema.StringAttribute{
				MarkdownDescription: "Selects the task with this ID.", Optional: true, Validators: []validator.String{identifier},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Selects the tasks with this name, for example `EXTEND`. Case-insensitive.", Optional: true, Validators: []validator.String{notEmpty},
			},
			"latest": latestAttribute(),
			"offset": schema.Int64Attribute{
				MarkdownDescription: "Number of tasks to omit at the start of `tasks`. Does not affect the state. Default: `0`.",
				Optional:            true, Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"limit": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of tasks in `tasks`. Does not affect the state. Default: all.",
				Optional:            true, Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"task_count": computedNumber("Number of tasks as the service counts them, before the filters `task_id`, `name`, and `latest`."),
			"tasks":      dcsTaskAttribute(),
		},
	}
}

func windowAttribute(what string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: what + ": RFC 3339, for example `2020-06-09T16:00:00Z`, or `yyyyMMddHHmmss` in UTC, for example `20200609160000`.",
		Optional:            true, Validators: []validator.String{windowBound},
	}
}

var windowBound = textCheck{
	func(text string) error { _, err := client.ParseDCSWindow(text); return err },
	"Use RFC 3339, for example 2020-06-09T16:00:00Z, or yyyyMMddHHmmss in UTC, for example 20200609160000.",
}

type dcsBackgroundTasksModel struct {
	commonArguments
	result
	idleness
	InstanceID types.String   `tfsdk:"instance_id"`
	StartTime  types.String   `tfsdk:"start_time"`
	EndTime    types.String   `tfsdk:"end_time"`
	TaskID     types.String   `tfsdk:"task_id"`
	Name       types.String   `tfsdk:"name"`
	Latest     types.Bool     `tfsdk:"latest"`
	Offset     types.Int64    `tfsdk:"offset"`
	Limit      types.Int64    `tfsdk:"limit"`
	TaskCount  types.Number   `tfsdk:"task_count"`
	Tasks      []dcsTaskModel `tfsdk:"tasks"`
}

func (m *dcsBackgroundTasksModel) target() target {
	instance, id := m.InstanceID.ValueString(), m.TaskID.ValueString()
	if id != "" {
		return target{id: instance, name: "DCS background task " + id + " of instance " + instance, argument: "task_id"}
	}
	return target{id: instance, name: "DCS background tasks of instance " + instance, emptyOK: true}
}

func (m *dcsBackgroundTasksModel) validate(Caller) diag.Diagnostics {
	q := m.query(false)
	if !q.From.IsZero() && !q.To.IsZero() && q.To.Before(q.From) {
		return diag.Diagnostics{diagnostics.InvalidArgument(path.Root("end_time"), m.EndTime.ValueString()+" is before start_time, "+m.StartTime.ValueString(), "Swap the two.")}
	}
	return nil
}

func (m *dcsBackgroundTasksModel) query(pastEnd bool) client.DCSBackgroundTaskQuery {
	return client.DCSBackgroundTaskQuery{
		InstanceID: m.InstanceID.ValueString(),
		From:       window(m.StartTime),
		To:         window(m.EndTime),
		TaskID:     m.TaskID.ValueString(),
		Name:       m.Name.ValueString(),
		Latest:     m.Latest.ValueBool(),
		PastEnd:    pastEnd,
	}
}

// window returns a bound of the window, zero if it is null or unknown.
func window(bound types.String) time.Time {
	t, err := client.ParseDCSWindow(bound.ValueString())
	if err != nil {
		return time.Time{} // rejected by windowBound
	}
	return t
}

func (m *dcsBackgroundTasksModel) poll(ctx context.Context, r reading) (task.Observation, func(), error) {
	list, err := r.project.DCSBackgroundTasks(ctx, m.query(r.pastEnd))
	o := list.Observe(r.statuses)
	if err == nil && o.State == task.Failed {
		o.Reason = r.project.DCSBackgroundTasksReason(ctx, m.InstanceID.ValueString(), list, r.statuses)
	}
	return o, func() { m.set(list, r.statuses) }, err
}

func (m *dcsBackgroundTasksModel) set(list client.DCSBackgroundTasks, statuses task.StatusMap) {
	m.TaskCount = number(list.TaskCount)
	m.Tasks = mapList(m.page(list.Tasks()), func(t client.DCSBackgroundTask) dcsTaskModel { return newDCSTaskModel(t, statuses) })
}

// page applies offset and limit, which are for the list alone: the state is that
// of all tasks.
func (m *dcsBackgroundTasksModel) page(tasks []client.DCSBackgroundTask) []client.DCSBackgroundTask {
	tasks = tasks[min(m.Offset.ValueInt64(), int64(len(tasks))):]
	if !m.Limit.IsNull() {
		tasks = tasks[:min(m.Limit.ValueInt64(), int64(len(tasks)))]
	}
	return tasks
}
