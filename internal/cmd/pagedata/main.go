// SPDX-License-Identifier: MPL-2.0

// Pagedata completes the pages that tfplugindocs has rendered: it replaces the
// placeholders of templates/data-sources.md.tmpl, resources.md.tmpl, and
// actions.md.tmpl with facts from the code, so that no page can disagree with it.
//
// A template cannot do this: tfplugindocs gives it no access to the code and no
// way to include a file.
package main

import (
	"fmt"
	"os"
	"path/filepath"
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

// complete rewrites the three pages of each source below the directory.
func complete(docs string) error {
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
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	page := exampleTitle.ReplaceAllStringFunc(string(text), titleOf)
	for placeholder, value := range facts(source) {
		placeholder = "PAGEDATA-" + placeholder
		if !strings.Contains(page, placeholder) {
			return fmt.Errorf("%s has no %s", file, placeholder)
		}
		page = strings.ReplaceAll(page, placeholder, value)
	}
	return os.WriteFile(file, []byte(page), 0o600)
}
