#!/usr/bin/env bash
# The tests that need real containers: last, because they are the slowest. Only root may make namespaces.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/jdk.sh
. scripts/packages.sh
if [ "$(id -u)" != 0 ]; then
  echo "check: not root: the tests with real containers were left out" >&2
  exit 0
fi
install_packages
missing=$(missing_packages)
if [ -n "$missing" ]; then
  echo "check: real containers need these packages: $missing" >&2
  exit 3
fi
mvn --batch-mode --no-transfer-progress -Dsurefire.failIfNoSpecifiedTests=false -Dtests.excluded= -Dtests.groups=containers test
e2e/run.sh
