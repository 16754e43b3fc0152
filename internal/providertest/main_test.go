// SPDX-License-Identifier: MPL-2.0

package providertest_test

import (
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/providertest/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
