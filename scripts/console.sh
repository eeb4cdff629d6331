#!/usr/bin/env bash
# Builds the web console into console/dist; quick when nothing has changed since the last build.
# "console.sh check" runs its format, types and tests, too. Exit code 3: this machine lacks what it takes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/node.sh"
cd "$root/console"

changed() {
  [ ! -e dist/.stamp ] || [ -n "$(find package-lock.json index.html vite.config.ts build public src -newer dist/.stamp -print -quit)" ]
}

install() {
  if ! use_node; then
    echo "the console needs npm, and Node.js 20.19 or newer, which npm can bring" >&2
    exit 3
  fi
  [ -e node_modules/.stamp ] && [ ! package-lock.json -nt node_modules/.stamp ] && return
  npm ci --no-progress --no-audit --no-fund --loglevel=error >/dev/null
  touch node_modules/.stamp
}

if [ "${1:-}" = check ]; then
  install
  npm run --silent check
fi
changed || exit 0
install
begun=$(mktemp)
npm run --silent build >/dev/null
mv "$begun" dist/.stamp
