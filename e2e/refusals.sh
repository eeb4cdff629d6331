#!/usr/bin/env bash
# What Ordinal cannot do it refuses in one line that says what to do, with the exit code of docs/operating.md.
# usage: e2e/refusals.sh DATA, where a cluster runs on DATA
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
root=$(dirname "$here")
data=$1
scratch=$(mktemp -d)
trap clean_up EXIT
clean_up() {
  [ ! -e "$scratch/own" ] || "$root/ordinal" down --data "$scratch/own" >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
chmod 755 "$scratch"
port=$(grep -oE 'https://[^ ]+' "$data/admin.conf" | grep -oE '[0-9]+$')

# exits CODE DESCRIPTION PATTERN COMMAND...: the command, which nobody answers, ends with this code, and its last line on stderr says why.
exits() {
  local code=$1 what=$2 pattern=$3 got=0
  shift 3
  steps=$((steps + 1))
  output=$(timeout 120 "$@" 2>&1 >/dev/null </dev/null) || got=$?
  [ "$got" = "$code" ] || fail "$what: '$*' should exit $code but exited $got: $output"
  tail -n 1 <<<"$output" | grep -qE -- "^ordinal: .*$pattern" || fail "$what: '$*' should say /$pattern/ but said: $output"
  ! grep -qE '^[[:space:]]+at |Exception' <<<"$output" || fail "$what: nobody wants to read a stack: $output"
}

# Shell commands in a mount namespace of their own: what they hide is hidden from them alone.
apart=(unshare --mount bash -euc)

without_root() {
  mkdir -p "$scratch/home" "$scratch/clone"
  chown 65534:65534 "$scratch/home"
  # shellcheck disable=SC2016
  exits 3 "no root" 'need root.*simulated' "${apart[@]}" 'mount --bind "$1" "$2/clone"
    exec setpriv --reuid=65534 --regid=65534 --clear-groups "$2/clone/ordinal" up --data "$2/home/data" --api-port 0' apart "$root" "$scratch"
}

without_containerd() {
  local bridges
  bridges=$(ip -o link | grep -c ' ord')
  # shellcheck disable=SC2016
  exits 3 "no containerd" 'containerd.*doctor' "${apart[@]}" 'mount --bind /dev/null "$(readlink -f "$(command -v containerd)")"
    exec "$1/ordinal" up --data "$2/data" --api-port 0' apart "$root" "$scratch"
  [ "$(ip -o link | grep -c ' ord')" = "$bridges" ] || fail "no containerd: the failed start has left a bridge: $(ip -o link)"
  # What did not start has decided nothing for later.
  [ ! -e "$scratch/data/settings" ] || fail "no containerd: the failed start has written $scratch/data/settings"
}

# A JDK is known by its release file and its compiler.
with_an_old_jdk() {
  mkdir -p "$scratch/jdk-17/bin"
  echo 'JAVA_VERSION="17.0.12"' >"$scratch/jdk-17/release"
  install -m 755 /dev/null "$scratch/jdk-17/bin/javac"
  # shellcheck disable=SC2016
  exits 3 "an old JDK" 'no JDK 25.*install' "${apart[@]}" '[ ! -d /usr/lib/jvm ] || mount -t tmpfs none /usr/lib/jvm
    exec env HOME="$2" SDKMAN_DIR="$2" JAVA_HOME="$2/jdk-17" "$1/ordinal" up --data "$2/data"' apart "$root" "$scratch"
}

# up OPTIONS...: starts a cluster without containers of its own.
up() { ok "a cluster of its own" "$root/ordinal" up --detach --runtime simulated --data "$scratch/own" --api-port 0 "$@"; }
down() { ok "its end" "$root/ordinal" down --data "$scratch/own"; }
status() { "$root/ordinal" status --data "$scratch/own"; }
console=("$root/ordinal" console --kubeconfig "$scratch/own/admin.conf" --data "$scratch/console")
without_console() {
  says "its status" '^API  ' status
  ! grep -q '^console' <<<"$output" || fail "$1: it has no console: $output"
}

a_console() {
  up --console-port 0
  says "status says where the console is" '^console +https://' status
  soon "a one-time password" '^the one-time password of admin is [^ ]+$' "$root/ordinal" passwd admin --data "$scratch/own"
  exits 2 "a one-time password for nobody" 'nobody' "$root/ordinal" passwd nobody --data "$scratch/own"
  down
}

no_console() {
  up --no-console
  ! grep -q '^console' <<<"$output" || fail "no console was wanted: $output"
  without_console "none is wanted"
  exits 2 "a question that nobody answers" 'nothing was made; --yes' "${console[@]}" --port 0
  exits 3 "a console's port in use" "port $port .*--port" "${console[@]}" --port "$port" --yes
  down
  up --console-port "$port"
  grep -qE "^console: none, .*port $port .*--console-port" <<<"$output" || fail "the console's port is in use: $output"
  without_console "its port is in use"
  down
}

exits 4 "a second up on the same data" "process $(cut -d' ' -f1 "$data/ordinal.run") already runs.*ordinal down" \
  "$root/ordinal" up --data "$data"
exits 3 "a port in use" "$port.*--api-port" "$root/ordinal" up --data "$scratch/other" --api-port "$port" --runtime simulated
exits 2 "an option with a wrong value" '--nodes' "$root/ordinal" up --data "$scratch/other" --nodes 0
exits 5 "no cluster" 'no cluster runs' "$root/ordinal" status --data "$scratch/other"
exits 3 "a data folder that cannot be made" '/proc/nowhere.*--data' "$root/ordinal" up --data /proc/nowhere --runtime simulated
without_root
without_containerd
with_an_old_jdk
a_console
no_console
echo "refusals: $steps steps stood"
