// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// ctyType finds the type in Terraform's own type system: that one's JSON is
// public, while the MarshalJSON of tftypes is deprecated for all but its owner.
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
		return cty.NilType, fmt.Errorf("no type is given")
	case t.Is(tftypes.String):
		return cty.String, nil
	case t.Is(tftypes.Number):
		return cty.Number, nil
	case t.Is(tftypes.Bool):
		return cty.Bool, nil
	case t.Is(tftypes.DynamicPseudoType):
		return cty.DynamicPseudoType, nil
	default:
		return cty.NilType, fmt.Errorf("type %s has no JSON here", t)
	}
}

func elementOf(element tftypes.Type, collection func(cty.Type) cty.Type) (cty.Type, error) {
	converted, err := ctyType(element)
	if err != nil {
		return cty.NilType, err
	}
	return collection(converted), nil
}

// objectType knows no optional attributes: no provider's schema can have them,
// only the type constraint of a variable.
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
