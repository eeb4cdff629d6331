#!/usr/bin/env bash
# What the console costs a browser and the cluster with thousands of pods on simulated nodes; prints figures.
# usage: e2e/speed.sh DATA KUBECTL [PODS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
data=$(realpath -m "$1") kubectl=$2
export PODS=${3:-5000}
. "$here/browser.sh"

clean_up
mkdir -p "$data"
"$root/ordinal" up --detach --data "$data" --api-port 0 --console-port 0 --nodes 50 --runtime simulated | tee "$data/said"
walk "$data/said" "$data/admin.conf" "$kubectl" --project=speed
