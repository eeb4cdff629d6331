#!/usr/bin/env bash
# The tests that need real containers: last, because they are the slowest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn --batch-mode --no-transfer-progress -Dsurefire.failIfNoSpecifiedTests=false -Dtests.excluded= -Dtests.groups=containers test
