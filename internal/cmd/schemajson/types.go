// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// ctyType converts to Terraform's own type system, whose JSON form is public: the
// MarshalJSON of tftypes is deprecated.
func ctyType(t tftypes.Type) (cty.Type, error) {
	switch t := t.(type) {
	case tftypes.List:
		return elementOf(t.ElementType, cty.List)
	case tftypes.Set:
		return elementOf(t.ElementType, cty.Set)
	case tftypes.Map:
		return elementOf(t.ElementType, cty.Map)
	case tftypes.Object:
		return objectType(t)
	}
	switch {
	case t == nil:
		return cty.NilType, fmt.Errorf("the type is missing")
	case t.Is(tftypes.String):
		return cty.String, nil
	case t.Is(tftypes.Number):
		return cty.Number, nil
	case t.Is(tftypes.Bool):
		return cty.Bool, nil
	case t.Is(tftypes.DynamicPseudoType):
		return cty.DynamicPseudoType, nil
	default:
		return cty.NilType, fmt.Errorf("type %s is not supported", t)
	}
}

func elementOf(element tftypes.Type, collection func(cty.Type) cty.Type) (cty.Type, error) {
	converted, err := ctyType(element)
	if err != nil {
		return cty.NilType, err
	}
	return collection(converted), nil
}

// objectType does not support optional attributes: only the type constraint of a
// variable can have them.
func objectType(t tftypes.Object) (cty.Type, error) {
	attributes := make(map[string]cty.Type, len(t.AttributeTypes))
	for name, attribute := range t.AttributeTypes {
		converted, err := ctyType(attribute)
		if err != nil {
			return cty.NilType, fmt.Errorf("attribute %q: %w", name, err)
		}
		attributes[name] = converted
	}
	return cty.Object(attributes), nil
}
