// SPDX-License-Identifier: MPL-2.0

// Schemajson prints this provider's schema in the format of
// "terraform providers schema -json".
//
// The documentation is generated from it. It reads the schema from the provider's
// own protocol server instead of from Terraform, so that the pages do not depend
// on the Terraform on PATH: one older than 1.8 omits the functions, one older
// than 1.14 the actions.
//
// schema.go converts blocks and attributes, types.go their types, function.go the
// functions.
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

// formatVersion is the format of Terraform 1.1 and later.
const formatVersion = "1.0"

func main() {
	// tfplugindocs finds a provider outside the hashicorp namespace only by its bare
	// name.
	key := flag.String("key", "registry.terraform.io/hwtasks/hwtasks", "`name` of the provider in the output")
	flag.Parse()

	server := providerserver.NewProtocol6(provider.New("dev")())()
	if err := write(context.Background(), os.Stdout, *key, server); err != nil {
		fmt.Fprintln(os.Stderr, "schemajson:", err)
		os.Exit(1)
	}
}

// write writes the server's schema as one JSON document.
func write(ctx context.Context, w io.Writer, key string, server tfprotov6.ProviderServer) error {
	response, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return fmt.Errorf("get the provider's schema: %w", err)
	}
	for _, d := range response.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return fmt.Errorf("get the provider's schema: %s: %s", d.Summary, d.Detail)
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
