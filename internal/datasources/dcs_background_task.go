// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/client"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/task"
)

// One task of hwtasks_dcs_background_tasks: its schema, model and mapping.

func dcsTaskAttribute() schema.Attribute {
	return computedList("Tasks that match the filters, in the order of the API, limited by `offset` and `limit`.", map[string]schema.Attribute{
		"id":          computedText("ID of the task."),
		"name":        computedText("Operation, for example `EXTEND` or `masterStandbySwapJob`."),
		"status":      computedText("Status of the task, for example `EXECUTING`, `SUCCESS` or `FAILED`."),
		"state":       computedText("Task state that `status` maps to."),
		"user_name":   computedText("Name of the user who started the task."),
		"user_id":     computedText("ID of the user who started the task."),
		"params":      computedText("Parameters of the task, as text."),
		"created_at":  computedText("Creation time in UTC, for example `2020-06-17T08:18:06.597Z`."),
		"updated_at":  computedText("Time of the last change in UTC. Also set while the task is running."),
		"error_code":  computedText("Error code. Null if the service does not return one."),
		"job_id":      computedText("ID of the job. Null if the service does not return one."),
		"enable_show": computedFlag("Whether the task has steps that `hwtasks_dcs_task_progress` can read."),
		"details": computedObject("What the task changes. Each operation sets some fields; the others are null.", map[string]schema.Attribute{
			"old_capacity":            computedText("Capacity before a change of the specification, in GB."),
			"new_capacity":            computedText("Capacity after a change of the specification, in GB."),
			"enable_public_ip":        computedFlag("Whether public access is enabled."),
			"public_ip_id":            computedText("ID of the public IP address."),
			"public_ip_address":       computedText("Public IP address."),
			"enable_ssl":              computedFlag("Whether SSL is enabled."),
			"old_cache_mode":          computedText("Instance type before a change of the specification."),
			"new_cache_mode":          computedText("Instance type after a change of the specification."),
			"old_resource_spec_code":  computedText("Specification before the change."),
			"new_resource_spec_code":  computedText("Specification after the change."),
			"old_replica_num":         computedNumber("Number of replicas before a change of the specification."),
			"new_replica_num":         computedNumber("Number of replicas after a change of the specification."),
			"old_cache_type":          computedText("Type of instance before a change of the specification."),
			"new_cache_type":          computedText("Type of instance after a change of the specification."),
			"replica_ip":              computedText("IP address of the replica."),
			"replica_az":              computedText("Availability zone of the replica."),
			"group_name":              computedText("Name of the group."),
			"old_port":                computedNumber("Port before the change."),
			"new_port":                computedNumber("Port after the change."),
			"is_only_adjust_charging": computedFlag("Whether only the billing mode is changed."),
			"account_name":            computedText("Name of the account."),
			"source_ip":               computedText("Source IP address."),
			"target_ip":               computedText("Target IP address."),
			"node_name":               computedText("Name of the node."),
			"rename_commands":         computedTexts("Renamed commands."),
			"updated_config_length":   computedNumber("Number of changed configuration parameters."),
		}),
	})
}

type dcsTaskModel struct {
	ID         types.String         `tfsdk:"id"`
	Name       types.String         `tfsdk:"name"`
	Status     types.String         `tfsdk:"status"`
	State      types.String         `tfsdk:"state"`
	UserName   types.String         `tfsdk:"user_name"`
	UserID     types.String         `tfsdk:"user_id"`
	Params     types.String         `tfsdk:"params"`
	CreatedAt  types.String         `tfsdk:"created_at"`
	UpdatedAt  types.String         `tfsdk:"updated_at"`
	ErrorCode  types.String         `tfsdk:"error_code"`
	JobID      types.String         `tfsdk:"job_id"`
	EnableShow types.Bool           `tfsdk:"enable_show"`
	Details    *dcsTaskDetailsModel `tfsdk:"details"`
}

type dcsTaskDetailsModel struct {
	OldCapacity          types.String   `tfsdk:"old_capacity"`
	NewCapacity          types.String   `tfsdk:"new_capacity"`
	EnablePublicIP       types.Bool     `tfsdk:"enable_public_ip"`
	PublicIPID           types.String   `tfsdk:"public_ip_id"`
	PublicIPAddress      types.String   `tfsdk:"public_ip_address"`
	EnableSSL            types.Bool     `tfsdk:"enable_ssl"`
	OldCacheMode         types.String   `tfsdk:"old_cache_mode"`
	NewCacheMode         types.String   `tfsdk:"new_cache_mode"`
	OldResourceSpecCode  types.String   `tfsdk:"old_resource_spec_code"`
	NewResourceSpecCode  types.String   `tfsdk:"new_resource_spec_code"`
	OldReplicaNum        types.Number   `tfsdk:"old_replica_num"`
	NewReplicaNum        types.Number   `tfsdk:"new_replica_num"`
	OldCacheType         types.String   `tfsdk:"old_cache_type"`
	NewCacheType         types.String   `tfsdk:"new_cache_type"`
	ReplicaIP            types.String   `tfsdk:"replica_ip"`
	ReplicaAZ            types.String   `tfsdk:"replica_az"`
	GroupName            types.String   `tfsdk:"group_name"`
	OldPort              types.Number   `tfsdk:"old_port"`
	NewPort              types.Number   `tfsdk:"new_port"`
	IsOnlyAdjustCharging types.Bool     `tfsdk:"is_only_adjust_charging"`
	AccountName          types.String   `tfsdk:"account_name"`
	SourceIP             types.String   `tfsdk:"source_ip"`
	TargetIP             types.String   `tfsdk:"target_ip"`
	NodeName             types.String   `tfsdk:"node_name"`
	RenameCommands       []types.String `tfsdk:"rename_commands"`
	UpdatedConfigLength  types.Number   `tfsdk:"updated_config_length"`
}

func newDCSTaskModel(t client.DCSBackgroundTask, statuses task.StatusMap) dcsTaskModel {
	return dcsTaskModel{
		ID:         text(t.ID),
		Name:       text(t.Name),
		Status:     text(t.Status),
		State:      types.StringValue(string(statuses.State(t.Status.String()))),
		UserName:   text(t.UserName),
		UserID:     text(t.UserID),
		Params:     text(t.Params),
		CreatedAt:  text(t.CreatedAt),
		UpdatedAt:  text(t.UpdatedAt),
		ErrorCode:  text(t.ErrorCode),
		JobID:      text(t.JobID),
		EnableShow: flag(t.EnableShow),
		Details:    mapObject(t.Details.Pointer(), newDCSTaskDetailsModel),
	}
}

func newDCSTaskDetailsModel(d client.DCSBackgroundTaskDetails) dcsTaskDetailsModel {
	return dcsTaskDetailsModel{
		OldCapacity:          text(d.OldCapacity),
		NewCapacity:          text(d.NewCapacity),
		EnablePublicIP:       flag(d.EnablePublicIP),
		PublicIPID:           text(d.PublicIPID),
		PublicIPAddress:      text(d.PublicIPAddress),
		EnableSSL:            flag(d.EnableSSL),
		OldCacheMode:         text(d.OldCacheMode),
		NewCacheMode:         text(d.NewCacheMode),
		OldResourceSpecCode:  text(d.OldResourceSpecCode),
		NewResourceSpecCode:  text(d.NewResourceSpecCode),
		OldReplicaNum:        number(d.OldReplicaNum),
		NewReplicaNum:        number(d.NewReplicaNum),
		OldCacheType:         text(d.OldCacheType),
		NewCacheType:         text(d.NewCacheType),
		ReplicaIP:            text(d.ReplicaIP),
		ReplicaAZ:            text(d.ReplicaAZ),
		GroupName:            text(d.GroupName),
		OldPort:              number(d.OldPort),
		NewPort:              number(d.NewPort),
		IsOnlyAdjustCharging: flag(d.IsOnlyAdjustCharging),
		AccountName:          text(d.AccountName),
		SourceIP:             text(d.SourceIP),
		TargetIP:             text(d.TargetIP),
		NodeName:             text(d.NodeName),
		RenameCommands:       texts(d.RenameCommands),
		UpdatedConfigLength:  number(d.UpdatedConfigLength),
	}
}
