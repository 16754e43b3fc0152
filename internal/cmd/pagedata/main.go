// SPDX-License-Identifier: MPL-2.0

// Pagedata completes the pages that tfplugindocs has rendered: it replaces the
// placeholders of templates/data-sources.md.tmpl, resources.md.tmpl, and
// actions.md.tmpl with facts from the code, so that no page can disagree with it, and
// moves the comments of examples into the text.
//
// A template cannot do this: tfplugindocs gives it no access to the code and no
// way to include a file.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/datasources"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pagedata DOCS_DIRECTORY")
		os.Exit(2)
	}
	if err := complete(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "pagedata:", err)
		os.Exit(1)
	}
}

// complete rewrites the pages below the directory: all of them, and then the three
// of each source.
func complete(docs string) error {
	pages, err := filepath.Glob(filepath.Join(docs, "*", "*.md"))
	if err != nil {
		return err
	}
	for _, page := range append(pages, filepath.Join(docs, "index.md")) {
		if err := rewrite(page, func(text string) (string, error) { return liftComments(text), nil }); err != nil {
			return err
		}
	}
	for _, source := range datasources.Sources() {
		for _, name := range []string{
			filepath.Join("data-sources", source.Name()),
			filepath.Join("resources", "gate_"+source.Name()),
			filepath.Join("actions", "await_"+source.Name()),
		} {
			if err := completePage(filepath.Join(docs, name+".md"), source); err != nil {
				return err
			}
		}
	}
	return nil
}

func completePage(file string, source datasources.Source) error {
	return rewrite(file, func(page string) (string, error) {
		for placeholder, value := range facts(source) {
			placeholder = "PAGEDATA-" + placeholder
			if !strings.Contains(page, placeholder) {
				return "", fmt.Errorf("%s has no %s", file, placeholder)
			}
			page = strings.ReplaceAll(page, placeholder, value)
		}
		if action := actionBlock.FindStringSubmatch(page); action != nil {
			page = strings.ReplaceAll(page, "PAGEDATA-ADDRESS", "action."+action[1]+"."+action[2])
		}
		return page, nil
	})
}

// actionBlock matches the action in the example of its page.
var actionBlock = regexp.MustCompile(`(?m)^action "(\w+)" "(\w+)"`)

func rewrite(file string, change func(string) (string, error)) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	page, err := change(string(text))
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(page), 0o600)
}
