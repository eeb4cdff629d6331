#!/usr/bin/env bash
# The slow tests and those that need real containers: last. Only root may make namespaces.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/jdk.sh
. scripts/fast.sh
. scripts/packages.sh
run_tests() {
  # As ./ordinal builds it, which then finds everything compiled.
  mvn_fast -Dsurefire.failIfNoSpecifiedTests=false -Dtests.excluded= "-Dtests.groups=$1" package
}
if [ "$(id -u)" != 0 ]; then
  if [ "${CI:-}" = true ]; then
    echo "check: CI must run the tests with real containers, and they need root" >&2
    exit 3
  fi
  run_tests slow
  echo "check: not root: the tests with real containers were left out" >&2
  exit 0
fi
install_packages
missing=$(missing_packages)
if [ -n "$missing" ]; then
  echo "check: real containers need these packages: $missing" >&2
  exit 3
fi
run_tests 'containers | slow'
e2e/run.sh
