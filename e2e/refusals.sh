#!/usr/bin/env bash
# What Ordinal cannot do it refuses in one line that says what to do, with the exit code of docs/operating.md.
# usage: e2e/refusals.sh DATA, where a cluster runs on DATA
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
root=$(dirname "$here")
data=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
port=$(grep -oE 'https://[^ ]+' "$data/admin.conf" | grep -oE '[0-9]+$')

# exits CODE DESCRIPTION PATTERN COMMAND...: the command ends with this code, and its last line on stderr says why.
exits() {
  local code=$1 what=$2 pattern=$3 got=0
  shift 3
  steps=$((steps + 1))
  output=$(timeout 120 "$@" 2>&1 >/dev/null) || got=$?
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

exits 4 "a second up on the same data" "process $(cut -d' ' -f1 "$data/ordinal.run") already runs.*ordinal down" \
  "$root/ordinal" up --data "$data"
exits 3 "a port in use" "$port.*--api-port" "$root/ordinal" up --data "$scratch/other" --api-port "$port" --runtime simulated
exits 2 "an option with a wrong value" '--nodes' "$root/ordinal" up --data "$scratch/other" --nodes 0
exits 5 "no cluster" 'no cluster runs' "$root/ordinal" status --data "$scratch/other"
exits 3 "a data folder that cannot be made" '/proc/nowhere.*--data' "$root/ordinal" up --data /proc/nowhere --runtime simulated
without_root
without_containerd
with_an_old_jdk
echo "refusals: $steps, each with a line and an exit code"
