#!/usr/bin/env bash
# `./ordinal console` in a real browser, before a cluster that another process runs: with all rights (the guide's walk), with a kubeconfig
# that may only read, and with one for a single namespace.
# usage: e2e/other.sh DATA KUBECTL
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
data=$(realpath -m "$1") kubectl=$2
. "$here/browser.sh"
console=

clean_up() {
  [ -z "$console" ] || kill "$console" 2>/dev/null || true
  "$root/ordinal" down --data "$data/cluster" >/dev/null 2>&1 || true
  rm -rf "$data"
}
export KUBECONFIG=$data/cluster/admin.conf
k() { "$kubectl" "$@" >/dev/null; }

# kubeconfig_of ACCOUNT NAMESPACE: as that service account of the namespace.
kubeconfig_of() {
  cp "$KUBECONFIG" "$data/$1.conf"
  "$kubectl" --kubeconfig "$data/$1.conf" config unset users >/dev/null
  "$kubectl" --kubeconfig "$data/$1.conf" config set-credentials "$1" \
    --token "$("$kubectl" -n "$2" create token "$1")" >/dev/null
  "$kubectl" --kubeconfig "$data/$1.conf" config set-context --current --user "$1" --namespace "$2" >/dev/null
}

# through KUBECONFIG [PLAYWRIGHT-OPTIONS]: starts a console with it, walks, ends it.
through() {
  local said=$data/said
  mkdir -p "$data/console"
  "$root/ordinal" console --kubeconfig "$1" --data "$data/console" --port 0 --yes >"$said" 2>&1 &
  console=$!
  for _ in {1..200}; do
    ! grep -q '^ready:' "$said" || break
    kill -0 "$console" 2>/dev/null || break
    sleep 0.1
  done
  cat "$said"
  walk "$said" "$KUBECONFIG" "$kubectl" "${@:2}"
  kill "$console"
  wait "$console" || true
  console=
  rm -rf "$data/console"
}

clean_up
mkdir -p "$data"
"$root/ordinal" up --detach --data "$data/cluster" --api-port 0 --no-console
"$root/ordinal" demo --data "$data/cluster" >/dev/null
k create namespace tenant
k create serviceaccount reader
k create clusterrolebinding reader --clusterrole view --serviceaccount default:reader
k -n tenant create serviceaccount tenant
k -n tenant create rolebinding tenant --clusterrole edit --serviceaccount tenant:tenant
kubeconfig_of reader default
kubeconfig_of tenant tenant
through "$KUBECONFIG" --project=walks guide
through "$data/reader.conf" --project=other -g reader
through "$data/tenant.conf" --project=other -g tenant
