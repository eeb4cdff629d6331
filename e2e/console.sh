#!/usr/bin/env bash
# The console in a real browser, before a cluster of its own with real containers: the guide's walk, every field of the form, the pages.
# usage: e2e/console.sh DATA KUBECTL [PLAYWRIGHT-OPTIONS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
data=$(realpath -m "$1") kubectl=$2
shift 2
. "$here/browser.sh"

clean_up
mkdir -p "$data"
"$root/ordinal" up --detach --data "$data" --api-port 0 --console-port 0 --nodes 2 | tee "$data/said"
# Its set stays, as something to look at; and it is what makes an image where no registry is in reach.
"$root/ordinal" demo --data "$data" >/dev/null
walk "$data/said" "$data/admin.conf" "$kubectl" --project=walks "$@"
