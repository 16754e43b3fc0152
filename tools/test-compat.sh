#!/bin/sh
# test-compat.sh CLI...: runs the tests that need Terraform once per Terraform or
# OpenTofu, given by absolute path. gotestsum lists failed and skipped tests with
# their output; the last lines are a table of counts, subtests included.
# Exits with 1 if a test fails, or if none runs.
set -u

table=$(mktemp)
trap 'rm -f "$table"' EXIT
gotestsum=$(go -C tools tool -n gotestsum) || exit 1

# These packages are recognized by what their tests import.
packages=$(go list -f '{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}' ./...) || exit 1
packages=$(echo "$packages" | sed -n '/terraform-plugin-testing\/helper\/resource\|internal\/terraformcli\|providertest\/terraformtest/s/ .*//p')

# The user's own CLI configuration and account must not take part.
export CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE=/dev/null TF_ACC=
export cli table TF_ACC_TERRAFORM_PATH TF_ACC_PROVIDER_HOST

# gotestsum runs this at its end, with the counts in the environment. A package
# that does not build counts as failed, but not as a test.
count='
	ran=$((TESTS_TOTAL - TESTS_SKIPPED)) passed=$((ran - TESTS_FAILED))
	printf "%-20s %6d %6d %7d\n" "$cli" $((passed > 0 ? passed : 0)) "$TESTS_FAILED" "$TESTS_SKIPPED" >>"$table"
	[ "$ran" -gt 0 ] || { echo "No test ran on $cli."; exit 1; }'

[ $# -gt 0 ] || { echo "usage: $0 CLI..."; exit 2; }
code=0
for TF_ACC_TERRAFORM_PATH in "$@"; do
	cli=$("$TF_ACC_TERRAFORM_PATH" version | head -n 1)
	case $cli in
	OpenTofu*) TF_ACC_PROVIDER_HOST=registry.opentofu.org ;;
	*) TF_ACC_PROVIDER_HOST=registry.terraform.io ;;
	esac
	printf '\n===== %s (%s)\n' "$cli" "$TF_ACC_TERRAFORM_PATH"
	# Without -count=1, Go may reuse results of another program at the same path.
	"$gotestsum" --format pkgname --post-run-command "sh -c '$count'" -- -count=1 $packages || code=1
done

printf '\n%-20s %6s %6s %7s\n' CLI passed failed skipped
cat "$table"
exit "$code"
