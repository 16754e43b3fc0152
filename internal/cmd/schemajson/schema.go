// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// providerSchema converts what this provider has. Anything else is an error, so
// that no page is silently missing.
func providerSchema(response *tfprotov6.GetProviderSchemaResponse) (*tfjson.ProviderSchema, error) {
	others := len(response.EphemeralResourceSchemas) + len(response.ListResourceSchemas) + len(response.StateStoreSchemas)
	if others > 0 {
		return nil, errors.New("schemajson converts only resources, data sources, functions, and actions; add the other kinds first")
	}

	result := &tfjson.ProviderSchema{
		ResourceSchemas:   make(map[string]*tfjson.Schema, len(response.ResourceSchemas)),
		DataSourceSchemas: make(map[string]*tfjson.Schema, len(response.DataSourceSchemas)),
		ActionSchemas:     make(map[string]*tfjson.ActionSchema, len(response.ActionSchemas)),
	}
	var err error
	if result.ConfigSchema, err = unversioned(response.Provider); err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	for name, schema := range response.ResourceSchemas {
		if result.ResourceSchemas[name], err = unversioned(schema); err != nil {
			return nil, fmt.Errorf("resource %q: %w", name, err)
		}
		result.ResourceSchemas[name].Version = uint64(max(schema.Version, 0))
	}
	for name, schema := range response.DataSourceSchemas {
		if result.DataSourceSchemas[name], err = unversioned(schema); err != nil {
			return nil, fmt.Errorf("data source %q: %w", name, err)
		}
	}
	for name, action := range response.ActionSchemas {
		body, err := block(action.Schema.Block)
		if err != nil {
			return nil, fmt.Errorf("action %q: %w", name, err)
		}
		result.ActionSchemas[name] = &tfjson.ActionSchema{Block: body}
	}
	result.Functions, err = functions(response.Functions)
	return result, err
}

// unversioned leaves the version at 0: only that of a resource is above it.
func unversioned(schema *tfprotov6.Schema) (*tfjson.Schema, error) {
	body, err := block(schema.Block)
	if err != nil {
		return nil, err
	}
	return &tfjson.Schema{Block: body}, nil
}

func block(b *tfprotov6.SchemaBlock) (*tfjson.SchemaBlock, error) {
	top, err := attributes(b.Attributes)
	if err != nil {
		return nil, err
	}
	nested := make(map[string]*tfjson.SchemaBlockType, len(b.BlockTypes))
	for _, n := range b.BlockTypes {
		if nested[n.TypeName], err = nestedBlock(n); err != nil {
			return nil, fmt.Errorf("block %q: %w", n.TypeName, err)
		}
	}
	return &tfjson.SchemaBlock{
		Attributes:      top,
		NestedBlocks:    nested,
		Description:     b.Description,
		DescriptionKind: descriptionKind(b.DescriptionKind),
		Deprecated:      b.Deprecated,
	}, nil
}

// nestedBlock omits the limits on the number of blocks: the framework uses
// validators instead and never sets them.
func nestedBlock(n *tfprotov6.SchemaNestedBlock) (*tfjson.SchemaBlockType, error) {
	modes := map[tfprotov6.SchemaNestedBlockNestingMode]tfjson.SchemaNestingMode{
		tfprotov6.SchemaNestedBlockNestingModeSingle: tfjson.SchemaNestingModeSingle,
		tfprotov6.SchemaNestedBlockNestingModeGroup:  tfjson.SchemaNestingModeGroup,
		tfprotov6.SchemaNestedBlockNestingModeList:   tfjson.SchemaNestingModeList,
		tfprotov6.SchemaNestedBlockNestingModeSet:    tfjson.SchemaNestingModeSet,
		tfprotov6.SchemaNestedBlockNestingModeMap:    tfjson.SchemaNestingModeMap,
	}
	mode, known := modes[n.Nesting]
	if !known {
		return nil, fmt.Errorf("unknown nesting mode %s", n.Nesting)
	}
	body, err := block(n.Block)
	if err != nil {
		return nil, err
	}
	return &tfjson.SchemaBlockType{NestingMode: mode, Block: body}, nil
}

func attributes(list []*tfprotov6.SchemaAttribute) (map[string]*tfjson.SchemaAttribute, error) {
	result := make(map[string]*tfjson.SchemaAttribute, len(list))
	for _, a := range list {
		converted, err := attribute(a)
		if err != nil {
			return nil, fmt.Errorf("attribute %q: %w", a.Name, err)
		}
		result[a.Name] = converted
	}
	return result, nil
}

func attribute(a *tfprotov6.SchemaAttribute) (*tfjson.SchemaAttribute, error) {
	result := &tfjson.SchemaAttribute{
		Description:     a.Description,
		DescriptionKind: descriptionKind(a.DescriptionKind),
		Deprecated:      a.Deprecated,
		Required:        a.Required,
		Optional:        a.Optional,
		Computed:        a.Computed,
		Sensitive:       a.Sensitive,
		WriteOnly:       a.WriteOnly,
	}
	var err error
	if a.NestedType == nil {
		result.AttributeType, err = ctyType(a.Type)
	} else {
		result.AttributeNestedType, err = nestedAttributes(a.NestedType)
	}
	return result, err
}

func nestedAttributes(object *tfprotov6.SchemaObject) (*tfjson.SchemaNestedAttributeType, error) {
	modes := map[tfprotov6.SchemaObjectNestingMode]tfjson.SchemaNestingMode{
		tfprotov6.SchemaObjectNestingModeSingle: tfjson.SchemaNestingModeSingle,
		tfprotov6.SchemaObjectNestingModeList:   tfjson.SchemaNestingModeList,
		tfprotov6.SchemaObjectNestingModeSet:    tfjson.SchemaNestingModeSet,
		tfprotov6.SchemaObjectNestingModeMap:    tfjson.SchemaNestingModeMap,
	}
	mode, known := modes[object.Nesting]
	if !known {
		return nil, fmt.Errorf("unknown nesting mode %s", object.Nesting)
	}
	nested, err := attributes(object.Attributes)
	if err != nil {
		return nil, err
	}
	return &tfjson.SchemaNestedAttributeType{Attributes: nested, NestingMode: mode}, nil
}

func descriptionKind(kind tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if kind == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}
	return tfjson.SchemaDescriptionKindPlain
}
