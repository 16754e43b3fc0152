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
	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

func dcsBackgroundTasks() Source {
	return Source{
		name: "dcs_background_tasks",
		noun: "DCS background tasks",
		description: "Background tasks of a Distributed Cache Service (DCS) instance. The verdict is about all tasks that match the filters together: " +
			"`running` while any is pending or running, else `unknown` or `failed` if any is, else `succeeded`. All pages are read.",
		list:    true,
		service: transport.DCS,
		statuses:   client.DCSBackgroundTaskStatuses,
		model:   func() model { return &dcsBackgroundTasksModel{} },
		attributes: map[string]schema.Attribute{
			"instance_id": requiredID("Id of the instance."),
			"start_time":  windowAttribute("Beginning of the window in which a task was created, included to the second"),
			"end_time":    windowAttribute("End of the window in which a task was created, included to the second"),
			"task_id": schema.StringAttribute{
				MarkdownDescription: "Id of the one task to keep.", Optional: true, Validators: []validator.String{identifier},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the tasks to keep, without regard to case, for example `EXTEND`.", Optional: true,
			},
			"latest": schema.BoolAttribute{MarkdownDescription: "Whether to keep only the task created last. Default: `false`.", Optional: true},
			"offset": schema.Int64Attribute{
				MarkdownDescription: "How many tasks to leave out at the beginning of `tasks`; without effect on the verdict. Default: `0`.",
				Optional:            true, Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"limit": schema.Int64Attribute{
				MarkdownDescription: "How many tasks `tasks` has at most; without effect on the verdict. Default: all.",
				Optional:            true, Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"task_count": computedNumber("How many tasks there are, as the service counts them, before the filters `task_id`, `name` and `latest`."),
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

func (m *dcsBackgroundTasksModel) subject() target {
	instance, id := m.InstanceID.ValueString(), m.TaskID.ValueString()
	if id != "" {
		return target{id: instance, name: "DCS background task " + id + " of instance " + instance}
	}
	return target{id: instance, name: "DCS background tasks of instance " + instance, emptyOK: true}
}

func (m *dcsBackgroundTasksModel) validate(Caller) diag.Diagnostics {
	q := m.query()
	if !q.From.IsZero() && !q.To.IsZero() && q.To.Before(q.From) {
		return diag.Diagnostics{gate.InvalidArgument(path.Root("end_time"), m.EndTime.ValueString()+" is before start_time, "+m.StartTime.ValueString(), "Exchange the two.")}
	}
	return nil
}

func (m *dcsBackgroundTasksModel) query() client.DCSBackgroundTaskQuery {
	return client.DCSBackgroundTaskQuery{
		InstanceID: m.InstanceID.ValueString(),
		From:       window(m.StartTime),
		To:         window(m.EndTime),
		TaskID:     m.TaskID.ValueString(),
		Name:       m.Name.ValueString(),
		Latest:     m.Latest.ValueBool(),
	}
}

// window returns a bound of the window, zero where it is not set or not known.
func window(bound types.String) time.Time {
	t, err := client.ParseDCSWindow(bound.ValueString())
	if err != nil {
		return time.Time{} // refused by windowBound
	}
	return t
}

func (m *dcsBackgroundTasksModel) look(ctx context.Context, p client.Project, words task.StatusMap) (task.Observation, error) {
	list, err := p.DCSBackgroundTasks(ctx, m.query())
	m.TaskCount = number(list.TaskCount)
	m.Tasks = mapList(m.page(list.Tasks), func(t client.DCSBackgroundTask) dcsTaskModel { return newDCSTaskModel(t, words) })
	o := list.Observe(words)
	if err == nil && o.State == task.Failed {
		o.Reason = p.DCSBackgroundTasksReason(ctx, m.InstanceID.ValueString(), list, words)
	}
	return o, err
}

// cut applies offset and limit, which are for the list alone: the verdict is
// about all tasks.
func (m *dcsBackgroundTasksModel) page(tasks []client.DCSBackgroundTask) []client.DCSBackgroundTask {
	tasks = tasks[min(m.Offset.ValueInt64(), int64(len(tasks))):]
	if !m.Limit.IsNull() {
		tasks = tasks[:min(m.Limit.ValueInt64(), int64(len(tasks)))]
	}
	return tasks
}
