// SPDX-License-Identifier: MPL-2.0

package datasources

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// A field of the API becomes an attribute unaltered: null if it was not sent, and
// a list in any case.

func text(t interface{ Pointer() *string }) types.String {
	return types.StringPointerValue(t.Pointer())
}

func number(n interface{ Float() *big.Float }) types.Number { return types.NumberValue(n.Float()) }
func flag(f transport.Flag) types.Bool                      { return types.BoolPointerValue(f.Pointer()) }

// mapList maps a list; null and absent ones become empty.
func mapList[W, M any](wire []W, field func(W) M) []M {
	list := make([]M, 0, len(wire))
	for _, w := range wire {
		list = append(list, field(w))
	}
	return list
}

// texts maps a list of texts.
func texts(wire []transport.Text) []types.String {
	return mapList(wire, func(t transport.Text) types.String { return text(t) })
}

// mapObject maps an object; null and absent ones stay null.
func mapObject[W, M any](wire *W, field func(W) M) *M {
	if wire == nil {
		return nil
	}
	m := field(*wire)
	return &m
}

func requiredID(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{identifier}}
}

func computedText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

func computedNumber(description string) schema.NumberAttribute {
	return schema.NumberAttribute{MarkdownDescription: description, Computed: true}
}

func computedFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Computed: true}
}

func computedTexts(description string) schema.ListAttribute {
	return schema.ListAttribute{MarkdownDescription: description, Computed: true, ElementType: types.StringType}
}

func computedObject(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{MarkdownDescription: description, Computed: true, Attributes: attributes}
}

func computedList(description string, attributes map[string]schema.Attribute) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		MarkdownDescription: description, Computed: true,
		NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
}
