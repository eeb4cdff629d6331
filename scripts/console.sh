#!/usr/bin/env bash
# Builds the web console into console/dist; quick when nothing has changed since the last build.
# "console.sh check" runs its format, types and tests, too. Exit code 3: this machine lacks what it takes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../console"

changed() {
  [ ! -e dist/.stamp ] || [ -n "$(find package-lock.json index.html vite.config.ts build public src -newer dist/.stamp -print -quit)" ]
}

need_node() {
  if ! command -v npm >/dev/null || ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
    echo "the console needs Node.js 20.19 or newer with npm" >&2
    exit 3
  fi
}

# npm before 11 cannot install what Vite 8 needs.
npm_11() {
  if [ "$(npm --version | cut -d. -f1)" -ge 11 ]; then npm "$@"; else npx --yes npm@11 "$@"; fi
}

install() {
  need_node
  [ -e node_modules/.stamp ] && [ ! package-lock.json -nt node_modules/.stamp ] && return
  npm_11 ci --no-progress --no-audit --no-fund --loglevel=error >/dev/null
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
