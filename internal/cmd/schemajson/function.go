// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func functions(definitions map[string]*tfprotov6.Function) (map[string]*tfjson.FunctionSignature, error) {
	signatures := make(map[string]*tfjson.FunctionSignature, len(definitions))
	for name, definition := range definitions {
		s, err := signature(definition)
		if err != nil {
			return nil, fmt.Errorf("function %q: %w", name, err)
		}
		signatures[name] = s
	}
	return signatures, nil
}

func signature(definition *tfprotov6.Function) (*tfjson.FunctionSignature, error) {
	result, err := ctyType(definition.Return.Type)
	if err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	s := &tfjson.FunctionSignature{
		Description:        definition.Description,
		Summary:            definition.Summary,
		DeprecationMessage: definition.DeprecationMessage,
		ReturnType:         result,
	}
	for _, p := range definition.Parameters {
		converted, err := parameter(p)
		if err != nil {
			return nil, err
		}
		s.Parameters = append(s.Parameters, converted)
	}
	if definition.VariadicParameter != nil {
		s.VariadicParameter, err = parameter(definition.VariadicParameter)
	}
	return s, err
}

// parameter omits whether unknown values are allowed: Terraform's JSON format has
// no field for it.
func parameter(p *tfprotov6.FunctionParameter) (*tfjson.FunctionParameter, error) {
	t, err := ctyType(p.Type)
	if err != nil {
		return nil, fmt.Errorf("parameter %q: %w", p.Name, err)
	}
	return &tfjson.FunctionParameter{
		Name:        p.Name,
		Description: p.Description,
		IsNullable:  p.AllowNullValue,
		Type:        t,
	}, nil
}
