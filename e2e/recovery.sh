#!/usr/bin/env bash
# What a user does when a data folder is lost, moved, linked or stopped, each time with real containers.
# usage: e2e/recovery.sh SCRATCH KUBECTL
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
scratch=$(realpath -m "$1") kubectl=$2
old=$scratch/old new=$scratch/new real=$scratch/real link=$scratch/link
mkdir -p "$scratch"

ordinal() { "$here/../ordinal" "$@"; }
k() { "$kubectl" --kubeconfig "$data/admin.conf" --cache-dir "$scratch/cache" "$@"; }
runner() { cut -d' ' -f1 "$data/ordinal.run"; }
up() { ok "up" ordinal up --detach --data "$data" --api-port 0 "$@"; }
nodes() { k get nodes -o name | wc -l; }

mounts_of() { cut -d" " -f2 /proc/mounts | grep "^$1/nodes/[^/]*/memory" | sort; }

clean_up() {
  local folder
  for folder in "$old" "$new" "$real"; do
    [ -d "$folder" ] || continue
    ordinal down --data "$folder" >/dev/null 2>&1 || true
    grep -F " $folder/" /proc/mounts | cut -d' ' -f2 | sort -r | while read -r mount; do umount -l "$mount"; done || true
    rm -rf "$folder"
  done
  rm -rf "$link" "$scratch"
}
trap clean_up EXIT

settings_are_remembered() {
  data=$old
  up --nodes 2
  [ "$(nodes)" = 2 ] || fail "two nodes were asked for: $(k get nodes)"
  ok "down" ordinal down --data "$data"
  says "a second down finds nothing to do" 'no cluster r' ordinal down --data "$data"
  up
  [ "$(nodes)" = 2 ] || fail "two nodes are remembered: $(k get nodes)"
  soon "both are Ready" '^node-2 +Ready' k get nodes
  ok "down" ordinal down --data "$data"
  refuses "fewer nodes" 'has 2 nodes' ordinal up --data "$data" --nodes 1
  refuses "another runtime" 'containerd' ordinal up --data "$data" --runtime simulated
  refuses "an unknown runtime" 'must be containerd or simulated' ordinal up --data "$data" --runtime foo
}

# The hook of a pod must have run, and its sidecar must have outlived it.
pods_end_in_order() {
  data=$old
  up
  ok "a set" k apply -f "$here/../examples/web.yaml"
  soon "an image for it" 'nginx' ordinal image list --data "$data"
  ok "the set is whole" k rollout status sts/web --timeout=120s
  ok "a marker in each volume" sh -c "for i in 0 1 2; do '$kubectl' --kubeconfig '$data/admin.conf' exec web-\$i -- sh -c \"echo kept-\$i >/usr/share/nginx/html/marker\"; done"
  ok "a pod with a hook and a sidecar" k apply -f - <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: words}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Mi}}
---
apiVersion: v1
kind: Pod
metadata: {name: orderly}
spec:
  terminationGracePeriodSeconds: 20
  volumes: [{name: words, persistentVolumeClaim: {claimName: words}}]
  initContainers:
  - name: sidecar
    image: nginx
    restartPolicy: Always
    command: [sh, -c, "trap 'echo sidecar >>/words/end; exit 0' TERM QUIT; while :; do sleep 1; done"]
    volumeMounts: [{name: words, mountPath: /words}]
  containers:
  - name: main
    image: nginx
    command: [sh, -c, "trap 'echo main >>/words/end; exit 0' TERM QUIT; while :; do sleep 1; done"]
    lifecycle: {preStop: {exec: {command: [sh, -c, "echo hook >>/words/end"]}}}
    volumeMounts: [{name: words, mountPath: /words}]
YAML
  ok "it runs" k wait --for=condition=Ready pod/orderly --timeout=60s
  ok "down" ordinal down --data "$data"
  says "hook, main container, sidecar" '^hook main sidecar$' sh -c "cat '$data'/volumes/*/end | xargs"
}

restored_elsewhere() {
  data=$old
  up
  ok "the set is whole after a down" k rollout status sts/web --timeout=120s
  says "nothing of the pods was forgotten" '^orderly ' k get pods
  ok "images are kept apart from a backup" ctr --address "$old/containerd.sock" --namespace k8s.io \
    images export "$scratch/nginx.tar" docker.io/library/nginx:latest
  ok "backup" ordinal backup "$scratch/copy.db" --data "$data"
  says "restore says what to copy" "cp -a $old/volumes/pvc-[-0-9a-f]+ $new/volumes/pvc-" \
    ordinal restore "$scratch/copy.db" --data "$new"
  restored=$output
  kill -9 "$(runner)"
  tail --pid="$(runner)" -f /dev/null 2>/dev/null || true
  refuses "a start beside the old containers" "down --data $old" ordinal up --data "$new" --api-port 0
  says "the old containers end" 'left-over containers are stopped' ordinal down --data "$old"
  grep -oE "cp -a .*" <<<"$restored" | while read -r copy; do $copy; done
  rm -rf "$old"
  data=$new
  up
  ok "its image is loaded again" ordinal image load "$scratch/nginx.tar" --data "$data"
  ok "the set is whole in the new folder" k rollout status sts/web --timeout=120s
  says "its data came along" '^kept-1$' k exec web-1 -- cat /usr/share/nginx/html/marker
  says "DNS answers" '10\.' k exec web-0 -- nslookup web-1.nginx.default.svc.cluster.local
  says "no volume points into the old folder" "^$new/volumes/" \
    k get pv -o 'jsonpath={range .items[*]}{.spec.local.path}{"\n"}{end}'
  ! grep -q "$old" <<<"$output" || fail "a volume points into the old folder: $output"
}

moved_and_linked() {
  data=$new
  ok "down" ordinal down --data "$data"
  mv "$new" "$real"
  ln -s "$real" "$link"
  data=$link
  up
  ok "the set is whole in the moved folder" k rollout status sts/web --timeout=120s
  soon "its data was moved too" '^kept-2$' k exec web-2 -- cat /usr/share/nginx/html/marker
  says "its tokens are mounted where the kernel finds them" "^$real/nodes/" mounts_of "$real"
  [ "$(mounts_of "$real")" = "$(mounts_of "$real" | sort -u)" ] || fail "a token is mounted twice: $(mounts_of "$real")"
  kill -STOP "$(runner)"
  set +e
  output=$(ordinal status --data "$data" 2>&1)
  code=$?
  set -e
  kill -CONT "$(runner)"
  [ $code = 5 ] || fail "a cluster that does not answer is exit code 5, not $code: $output"
  says "down by the folder's real name" 'stopped' ordinal down --data "$real"
}

settings_are_remembered
# The image of the set: made on this machine where no registry is in reach.
ok "demo" ordinal demo --data "$old" --api-port 0
data=$old
ok "the demo's set goes" k delete -f "$here/../examples/web.yaml"
ok "its claims go" k delete pvc -l app=nginx
refuses "an image that nobody put here stays" 'was not put on this machine' ordinal image remove busybox --data "$old"
ok "down" ordinal down --data "$old"
pods_end_in_order
restored_elsewhere
moved_and_linked
echo "recovery: $steps steps stood"
