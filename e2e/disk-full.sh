#!/usr/bin/env bash
# A full disk under a cluster with running pods: writes are refused with the reason, all else goes on, and room is enough to mend it.
# The store gets a small file system of its own, in memory. usage: e2e/disk-full.sh DATA KUBECTL
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
data=$1 kubectl=$2
export KUBECONFIG=$data/admin.conf
scratch=$(mktemp -d)
watching=
k() { "$kubectl" --cache-dir "$scratch/cache" "$@"; }
ordinal() { "$here/../ordinal" "$@"; }

clean_up() {
  [ -z "$watching" ] || kill "$watching" 2>/dev/null || true
  ordinal down --data "$data" >/dev/null 2>&1 || true
  umount -l "$data/store" 2>/dev/null || true
  rm -rf "$data" "$scratch"
}
trap clean_up EXIT

starts() { k get pods --sort-by=.metadata.name \
  -o 'jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].state.running.startedAt}{"\n"}{end}'; }
# One more config map of 100 KB; its name is noted when it was acknowledged.
acknowledged=()
write() {
  local name=page-${#acknowledged[@]}
  output=$(k create configmap "$name" --from-file="$scratch/page" 2>&1) || return 1
  acknowledged+=("$name")
}
all_there() { # DESCRIPTION
  steps=$((steps + 1))
  k get configmaps -o name | sort >"$scratch/there"
  printf 'configmap/%s\n' "${acknowledged[@]}" | sort | comm -23 - "$scratch/there" >"$scratch/lost"
  [ ! -s "$scratch/lost" ] || fail "$1: acknowledged, but not there: $(paste -sd' ' "$scratch/lost")"
}

mkdir -p "$data/store"
chmod 700 "$data/store"
mount -t tmpfs -o size=24m,mode=700 ordinal-full "$data/store"
ok "a cluster whose store is on a small disk" ordinal demo --data "$data" --api-port 0
before=$(starts)
head -c 100000 /dev/urandom | base64 >"$scratch/page"
k get configmaps -w -o name >"$scratch/watched" 2>&1 &
watching=$!
for _ in 1 2 3; do write || fail "a write while there is room: $output"; done
soon "a watcher sees them" '^configmap/page-2$' cat "$scratch/watched"

head -c 30000000 /dev/zero >"$data/store/ballast" 2>/dev/null || true
until ! write; do [ ${#acknowledged[@]} -lt 300 ] || fail "the disk does not fill"; done
steps=$((steps + 1))
grep -qiE 'disk is full|no space|insufficient' <<<"$output" || fail "a refused write should say that the disk is full, but said: $output"
refuses "it goes on being refused" 'disk is full|no space|nsufficient' k create configmap another --from-literal=a=b
says "reading goes on" '^web +3/3' k get sts
all_there "with a full disk"
says "pods go on" '^web-1$' k exec web-1 -- hostname
kill -0 "$watching" || fail "the watch ended: $(cat "$scratch/watched")"
[ "$before" = "$(starts)" ] || fail "a full disk must restart no container: $before, then $(starts)"

rm "$data/store/ballast"
soon "writes go on when there is room" 'created' k create configmap after-room --from-literal=a=b
soon "the same watcher sees it" '^configmap/after-room$' cat "$scratch/watched"
write || fail "a write after room was made: $output"
all_there "after room was made"
kill -9 "$(cut -d' ' -f1 "$data/ordinal.run")"
soon "a start after the crash" 'ready' ordinal up --detach --data "$data" --api-port 0
all_there "after a crash"
says "what was written after room was made is there too" 'after-room' k get configmaps
[ "$before" = "$(starts)" ] || fail "no container was to be restarted: $before, then $(starts)"
echo "disk full: $steps steps stood, ${#acknowledged[@]} acknowledged writes kept"
