#!/usr/bin/env bash
# Faults on a running cluster with real containers: processes killed, a reboot, a second start.
# usage: e2e/faults.sh DATA KUBECTL [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
data=$1 kubectl=$2 rounds=${3:-1}
export KUBECONFIG=$data/admin.conf
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
k() { "$kubectl" --cache-dir "$scratch/cache" "$@"; }
ordinal() { "$here/../ordinal" "$@"; }

# The process that runs this data folder's cluster.
runner() { cut -d' ' -f1 "$data/ordinal.run"; }
# Processes whose command line names this data folder and the pattern.
of_data() { pgrep -f -- "$1" | while read -r pid; do grep -qzF -- "$data" "/proc/$pid/cmdline" 2>/dev/null && echo "$pid"; done; }
containerd_pid() { of_data '(^|/)containerd( |$)' | head -n 1; }
# Kills a process and waits until the kernel has taken it away: a large one does not vanish at once.
kill_hard() {
  local pid=$1 end=$((SECONDS + 20))
  kill -9 "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    [ $SECONDS -lt $end ] || fail "process $pid outlives kill -9"
    sleep 0.05
  done
}
# The host's process ids of a pod's main processes: those in the pod's cgroup.
in_pod() {
  local uid
  uid=$(k get pod "$1" -o 'jsonpath={.metadata.uid}')
  grep -l "$uid" /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3
}
starts() { k get pods -l app=nginx --sort-by=.metadata.name \
  -o 'jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].state.running.startedAt}{"\n"}{end}'; }
up() { ordinal up --detach --data "$data" --api-port "$port" >"$scratch/up" 2>&1 || fail "up: $(cat "$scratch/up")"; }

port=$(grep -oE 'https://[^ ]+' "$KUBECONFIG" | grep -oE '[0-9]+$')
ok "a set to hurt" k apply -f "$here/../examples/web.yaml"
says "it is rolled out" 'complete|roll out complete' k rollout status sts/web --timeout=120s
ok "a marker in a volume" k exec web-1 -- sh -c 'echo kept >/usr/share/nginx/html/marker'

killed_ordinal() {
  local before
  before=$(starts)
  kill_hard "$(runner)"
  up
  [ "$before" = "$(starts)" ] || fail "a crash of Ordinal must restart no container: $before, then $(starts)"
  says "DNS answers after a crash" '10\.' k exec web-0 -- nslookup web-1.nginx.default.svc.cluster.local
  soon "the set is whole after a crash" '^web +3/3' k get sts
}

killed_containerd() {
  local before old
  before=$(starts)
  old=$(containerd_pid)
  kill -9 "$old"
  soon "containerd comes back" '[0-9]' containerd_pid
  soon "exec works again" '^web-2$' k exec web-2 -- hostname
  [ "$before" = "$(starts)" ] || fail "a crash of containerd must restart no container"
  [ "$old" != "$(containerd_pid)" ] || fail "containerd was not killed"
}

killed_container() {
  local before
  before=$(k get pod web-1 -o 'jsonpath={.status.containerStatuses[0].restartCount}')
  k exec web-1 -- sh -c 'kill -9 -1' >/dev/null 2>&1 || true
  for pid in $(in_pod web-1); do grep -qz httpd "/proc/$pid/cmdline" 2>/dev/null && kill -9 "$pid"; done
  soon "the container is restarted" "^$((before + 1))" k get pod web-1 -o 'jsonpath={.status.containerStatuses[0].restartCount}'
  soon "web-1 is ready again" '^web-1 +1/1 +Running' k get pods
  says "its volume is the same" '^kept$' k exec web-1 -- cat /usr/share/nginx/html/marker
}

killed_pause() {
  local pid killed=
  for pid in $(in_pod web-1); do
    if grep -qa 2147483647 "/proc/$pid/cmdline" 2>/dev/null; then kill -9 "$pid" && killed=yes; fi
  done
  [ -n "$killed" ] || fail "web-1 has no pause process"
  soon "the sandbox is made anew" 'SandboxChanged' k get events
  soon "web-1 is ready after its sandbox" '^web-1 +1/1 +Running' k get pods
  says "name and volume are the same" '^kept$' k exec web-1 -- cat /usr/share/nginx/html/marker
}

# All processes and mounts gone, the data folder left: what a reboot leaves.
rebooted() {
  local pid
  kill_hard "$(runner)"
  for pid in $(of_data 'containerd') $(for p in web-0 web-1 web-2; do :; done); do kill -9 "$pid" 2>/dev/null || true; done
  grep -lE 'kubepods' /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3 | while read -r pid; do
    grep -qs "$(basename "$data")" "/proc/$pid/mountinfo" && kill -9 "$pid" 2>/dev/null || true
  done
  grep -F " $data/" /proc/mounts | cut -d' ' -f2 | sort -r | while read -r mount; do umount -l "$mount" 2>/dev/null || true; done
  up
  soon "the set is whole after a reboot" '^web +3/3' k get sts
  says "volumes survive a reboot" '^kept$' k exec web-1 -- cat /usr/share/nginx/html/marker
}

refusals() {
  refuses "a second up on the same data" "process $(runner) already runs" ordinal up --data "$data"
  refuses "a port in use" "$port" ordinal up --data "$scratch/other" --api-port "$port" --runtime simulated
  refuses "an option with a wrong value" '--nodes' ordinal up --data "$scratch/other" --nodes 0
  refuses "no cluster" 'no cluster runs' ordinal status --data "$scratch/other"
}

for _ in $(seq "$rounds"); do
  killed_ordinal
  killed_containerd
  killed_container
  killed_pause
done
rebooted
refusals
ok "clean up" k delete -f "$here/../examples/web.yaml"
gone "no pod is left" k get pods -l app=nginx -o name
ok "delete the claims" k delete pvc -l app=nginx
echo "faults: $steps steps stood, $rounds rounds"
