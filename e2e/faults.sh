#!/usr/bin/env bash
# Faults on a running cluster with real containers: processes killed, a reboot.
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
of_data() {
  local pid
  for pid in $(pgrep -f -- "$1"); do
    if grep -qzF -- "$data" "/proc/$pid/cmdline" 2>/dev/null; then echo "$pid"; fi
  done
}
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
# The host's process id of the pod's web server.
server_of() {
  local pid
  for pid in $(in_pod "$1"); do
    if grep -qzE 'httpd|nginx' "/proc/$pid/cmdline"; then echo "$pid" && return; fi
  done
}
# inside PID COMMAND...: a program of the pod's image, run inside the pod without asking the API server.
inside() { nsenter --target "$1" --mount --net --uts timeout 1 "${@:2}"; }
starts() { k get pods -l app=nginx --sort-by=.metadata.name \
  -o 'jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].state.running.startedAt}{"\n"}{end}'; }
up() { ordinal up --detach --data "$data" --api-port "$port" >"$scratch/up" 2>&1 || fail "up: $(cat "$scratch/up")"; }

port=$(grep -oE 'https://[^ ]+' "$KUBECONFIG" | grep -oE '[0-9]+$')
ok "a set to hurt" k apply -f "$here/../examples/web.yaml"
says "it is rolled out" 'complete|roll out complete' k rollout status sts/web --timeout=120s
for pod in web-0 web-1 web-2; do
  ok "a marker in $pod's volume" k exec "$pod" -- sh -c 'echo kept >/usr/share/nginx/html/marker'
done
sed "s/HOST_PORT/$((20000 + RANDOM % 10000))/" "$here/faults.yaml" >"$scratch/faults.yaml"
ok "a Service and a pod on a port of the node" k apply -f "$scratch/faults.yaml"
soon "the pod on a port of the node runs" '^gate +1/1 +Running' k get pods
front=$(k get service front -o 'jsonpath={.spec.clusterIP}')
gate=$(k get pod gate -o 'jsonpath={.status.hostIP}:{.spec.containers[0].ports[0].hostPort}')
soon "the Service answers" '^kept$' k exec web-0 -- timeout 1 wget -qO- "http://$front/marker"
ok "what the port of the node answers" k exec gate -- sh -c 'echo open >/usr/share/nginx/html/marker'
soon "the port of the node answers" '^open$' timeout 2 busybox wget -qO- "http://$gate/marker"

killed_ordinal() {
  local before server ready each asked=()
  before=$(starts) server=$(server_of web-0)
  ok "a pod's name before a crash" inside "$server" wget -qO- http://web-1.nginx/marker
  kill_hard "$(runner)"
  up
  ready=$(now)
  # Beside each other: what one of them takes is not the next one's delay.
  within 2000 "$ready" "a Service's address after a crash" '^kept$' inside "$server" wget -qO- "http://$front/marker" &
  asked+=($!)
  within 2000 "$ready" "a Service's name after a crash" '^kept$' inside "$server" wget -qO- http://front/marker &
  asked+=($!)
  within 2000 "$ready" "a pod's name after a crash" '^kept$' inside "$server" wget -qO- http://web-1.nginx/marker &
  asked+=($!)
  for each in "${asked[@]}"; do wait "$each" || exit 1; done
  steps=$((steps + ${#asked[@]}))
  soon "the port of the node still answers" '^open$' timeout 2 busybox wget -qO- "http://$gate/marker"
  [ "$before" = "$(starts)" ] || fail "a crash of Ordinal must restart no container: $before, then $(starts)"
  soon "DNS answers after a crash" '10\.' k exec web-0 -- nslookup web-1.nginx.default.svc.cluster.local
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
  for pid in $(of_data 'containerd'); do kill -9 "$pid" 2>/dev/null || true; done
  # Every pod of this data folder lives below the cgroup that is named after its path.
  for pid in $(grep -lF "/ordinal-$(printf %s "$data" | sha256sum | cut -c1-6)/" /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3); do
    kill -9 "$pid" 2>/dev/null || true
  done
  grep -F " $data/" /proc/mounts | cut -d' ' -f2 | sort -r | while read -r mount; do umount -l "$mount" 2>/dev/null || true; done
  up
  soon "the set is whole after a reboot" '^web +3/3' k get sts
  soon "volumes survive a reboot" '^kept$' k exec web-1 -- cat /usr/share/nginx/html/marker
}

for _ in $(seq "$rounds"); do
  killed_ordinal
  killed_containerd
  killed_container
  killed_pause
done
rebooted
ok "clean up" k delete -f "$here/../examples/web.yaml" -f "$scratch/faults.yaml"
gone "no pod is left" k get pods -l app=nginx -o name
ok "delete the claims" k delete pvc -l app=nginx
echo "faults: $steps steps stood, $rounds rounds"
