// SPDX-License-Identifier: MPL-2.0

// Package terraformtest runs the provider under Terraform, against a fake cloud
// on loopback. A run takes seconds: prove a promise here once per shape of a
// source, and put what can share a run into one configuration.
package terraformtest

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest"
)

// Serve starts a cloud on loopback. It returns the settings of a provider that
// reaches it.
func Serve(t *testing.T) (*fakecloud.Cloud, providertest.Args) {
	t.Helper()
	cloud := fakecloud.New(providertest.Keys())
	server := httptest.NewServer(cloud)
	t.Cleanup(server.Close)
	endpoints := providertest.Args{"iam": server.URL}
	for _, s := range providertest.Sources() {
		endpoints[s.Service] = server.URL
	}
	return cloud, providertest.Settings().With(providertest.Args{"endpoints": endpoints})
}

// Provider is the provider block.
func Provider(settings providertest.Args) string {
	return "provider \"hwtasks\" " + settings.HCL() + "\n"
}

// DataSource is the block of a data source. The source has no prefix.
func DataSource(source, name string, a providertest.Args) string {
	return fmt.Sprintf("data \"hwtasks_%s\" %q %s\n", source, name, a.HCL())
}

// Gate is the block of a gate. The source has no prefix.
func Gate(source, name string, a providertest.Args) string {
	return fmt.Sprintf("resource \"hwtasks_gate_%s\" %q %s\n", source, name, a.HCL())
}

// Address is where the state of a data source is.
func Address(source, name string) string { return "data.hwtasks_" + source + "." + name }

// Run runs steps under Terraform.
func Run(t *testing.T, constructor func() provider.Provider, steps ...resource.TestStep) {
	t.Helper()
	resource.UnitTest(t, testCase(constructor, steps...))
}

// Errors runs a configuration that Terraform must reject, and returns what
// Terraform writes, without its line breaks and frames.
func Errors(t *testing.T, constructor func() provider.Provider, config string) string {
	t.Helper()
	var text string
	c := testCase(constructor, resource.TestStep{Config: config})
	c.ErrorCheck = func(err error) error {
		text = strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return strings.ContainsRune(" \n│╷╵", r) }), " ")
		return nil
	}
	resource.UnitTest(t, c)
	if text == "" {
		t.Error("Terraform accepts the configuration")
	}
	return text
}

func testCase(constructor func() provider.Provider, steps ...resource.TestStep) resource.TestCase {
	return resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"hwtasks": providerserver.NewProtocol6WithError(constructor()),
		},
		Steps: steps,
	}
}
