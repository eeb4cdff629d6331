#!/usr/bin/env bash
# Passes on what ./ordinal up says. Once that has named its console, serves the console's pages from their sources in front of it:
# a change of a page is seen at once.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/node.sh"
cd "$root/console"
trap '' INT
server='' url=''
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true' EXIT

while IFS= read -r line; do
  printf '%s\n' "$line"
  case $line in
    "console: https:"*) url=${line#console: } ;;
    "ready: KUBECONFIG="*)
      if [ -x node_modules/.bin/vite ] && [ -n "$url" ] && use_node; then
        data=$(dirname "${line#*=}")
        CONSOLE_URL=$url CONSOLE_DATA=$data node_modules/.bin/vite --clearScreen false </dev/null &
        server=$!
      else
        echo "dev: no hot reload: scripts/console.sh says what this machine lacks for it" >&2
      fi
      ;;
  esac
done
