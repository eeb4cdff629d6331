#!/usr/bin/env bash
# Fetches kubectl of other versions from Debian's other suites into build/kubectl/VERSION/kubectl, without installing them.
# The machine's own package sources say where Debian is. What cannot be had is said and left out; in CI it is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=$PWD/build/kubectl
apt=$out/apt

# Says what is not to be had; CI promises every version, so there it ends the check.
missing() {
  echo "kubectl $1: $2" >&2
  [ "${CI:-}" != true ] || exit 3
}

# The lines of the machine's sources that name Debian itself, for another suite.
sources_for() {
  local uri key=/usr/share/keyrings/debian-archive-keyring.gpg
  uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    grep -v '^#' | grep -oE '[a-z]+://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ')
  [ -n "$uri" ] || return 1
  echo "deb [signed-by=$key] $uri $1 main"
}

apt_in() {
  local suite=$1 command=$2
  shift 2
  "$command" -qq -o Dir::Etc::sourcelist="$apt/$suite/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$apt/$suite/lists" -o Dir::Cache="$apt/$suite/cache" -o APT::Sandbox::User=root "$@"
}

# fetch VERSION SUITE PACKAGE...: the first of the packages that the suite has in that version.
fetch() {
  local version=$1 suite=$2 package exact
  shift 2
  [ -x "$out/$version/kubectl" ] && return
  mkdir -p "$apt/$suite/lists/partial" "$apt/$suite/cache/archives/partial"
  if ! sources_for "$suite" >"$apt/$suite/sources.list" || ! apt_in "$suite" apt-get update; then
    missing "$version" "Debian's suite $suite cannot be reached"
    return
  fi
  for package in "$@"; do
    exact=$(apt_in "$suite" apt-cache madison "$package" | awk -v v="$version." 'index($3, v) == 1 { print $3; exit }')
    [ -n "$exact" ] || continue
    (cd "$apt/$suite" && apt_in "$suite" apt-get download "$package=$exact" && dpkg-deb -x "${package}"_*.deb tree)
    mkdir -p "$out/$version"
    cp "$apt/$suite/tree/usr/bin/kubectl" "$out/$version/kubectl"
    return
  done
  missing "$version" "not in Debian's suite $suite"
}

fetch 1.20 bookworm kubernetes-client
fetch 1.36 sid kubectl kubernetes-client
