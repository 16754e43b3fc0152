// SPDX-License-Identifier: MPL-2.0

// Schemajson prints this provider's schema in the format of
// "terraform providers schema -json".
//
// The documentation is generated from it. Asking the provider's own protocol
// server instead of Terraform keeps the pages the same whichever Terraform is
// on PATH: one older than 1.8 would leave out the functions, one older than
// 1.14 the actions.
//
// schema.go turns blocks and attributes into JSON, types.go their types,
// function.go the functions.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// formatVersion is what Terraform has written since 1.1.
const formatVersion = "1.0"

func main() {
	// tfplugindocs knows no provider outside of the hashicorp namespace by its
	// address, but every provider by its bare name.
	key := flag.String("key", "registry.terraform.io/hwtasks/hwtasks", "`name` of the provider in the output")
	flag.Parse()

	server := providerserver.NewProtocol6(provider.New("dev")())()
	if err := write(context.Background(), os.Stdout, *key, server); err != nil {
		fmt.Fprintln(os.Stderr, "schemajson:", err)
		os.Exit(1)
	}
}

// write asks the server for its schema and writes it as one JSON document.
func write(ctx context.Context, w io.Writer, key string, server tfprotov6.ProviderServer) error {
	response, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return fmt.Errorf("ask for the provider's schema: %w", err)
	}
	for _, d := range response.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return fmt.Errorf("ask for the provider's schema: %s: %s", d.Summary, d.Detail)
		}
	}

	schema, err := providerSchema(response)
	if err != nil {
		return fmt.Errorf("convert the provider's schema: %w", err)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(tfjson.ProviderSchemas{
		FormatVersion: formatVersion,
		Schemas:       map[string]*tfjson.ProviderSchema{key: schema},
	})
}
