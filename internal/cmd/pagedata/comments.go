// SPDX-License-Identifier: MPL-2.0

package main

import (
	"regexp"
	"strings"
)

// leadingComment matches the comment at the start of a block of Terraform code.
var leadingComment = regexp.MustCompile("(?m)^```terraform\n((?:#.*\n)+)\n*")

// liftComments moves the comment at the start of each example into the text before
// it, where it is easier to read. In a comment, indented lines are a command.
func liftComments(page string) string {
	return leadingComment.ReplaceAllStringFunc(page, func(block string) string {
		comment := leadingComment.FindStringSubmatch(block)[1]
		var text strings.Builder
		command := false
		for line := range strings.Lines(comment) {
			line = strings.TrimPrefix(strings.TrimPrefix(line, "#"), " ")
			code, indented := strings.CutPrefix(line, "  ")
			switch {
			case indented && !command:
				text.WriteString("```sh\n" + code)
			case indented:
				text.WriteString(code)
			case command:
				text.WriteString("```\n" + line)
			default:
				text.WriteString(line)
			}
			command = indented
		}
		if command {
			text.WriteString("```\n")
		}
		return text.String() + "\n```terraform\n"
	})
}
