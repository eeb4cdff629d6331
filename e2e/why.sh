#!/usr/bin/env bash
# Faults on real containers, and what ./ordinal why has to say of each.
# usage: e2e/why.sh DATA KUBECTL, where a cluster runs on DATA
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
data=$1 kubectl=$2
export KUBECONFIG=$data/admin.conf LC_ALL=C
k() { "$kubectl" "$@"; }
why() { "$here/../ordinal" why "$1" --data "$data"; }
sets=()
clean_up() { [ ${#sets[@]} = 0 ] || k delete statefulset,service "${sets[@]}" --wait=false >/dev/null 2>&1 || true; }
trap clean_up EXIT

# plant NAME CONTAINER [POD [CLAIMS]]: a set of one pod; the arguments are YAML in braces' style.
plant() {
  sets+=("$1")
  k apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Service
metadata: {name: $1}
spec: {clusterIP: None, selector: {app: $1}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: $1}
spec:
  serviceName: $1
  selector: {matchLabels: {app: $1}}
  template:
    metadata: {labels: {app: $1}}
    spec: {terminationGracePeriodSeconds: 1, ${3:-} containers: [{name: main, image: "nginx:latest", $2}]}
  volumeClaimTemplates: [${4:-}]
YAML
}

# tells NAME PATTERN: within a minute the first sentence about the set matches, and the exit code says that it is not ready.
tells() {
  local name=$1 pattern=$2 end=$((SECONDS + 60)) code
  steps=$((steps + 1))
  while true; do
    code=0
    output=$(why "sts/$name" 2>&1) || code=$?
    if [ $code = 1 ] && sed -n 2p <<<"$output" | grep -qE -- "$pattern"; then return; fi
    [ $SECONDS -lt $end ] || fail "$name: ordinal why exited $code and should say /$pattern/ but said: $output"
    sleep 0.5
  done
}

failing='exec: {command: ["false"]}, periodSeconds: 1, failureThreshold: 1'
plant well 'readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}'
plant never 'imagePullPolicy: Never, command: [sh]' 'initContainers: [{name: setup, image: "nowhere:1", imagePullPolicy: Never}],'
plant registry 'command: [sh]' 'initContainers: [{name: setup, image: "localhost:1/nowhere:1"}],'
plant command 'command: [/nowhere]'
plant crash 'command: [sh, -c, "echo no table users >&2; exit 3"]'
plant memory 'command: [sh, -c, "tail /dev/zero"], resources: {limits: {memory: 16Mi}}'
plant configmap 'env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}]'
plant secret 'volumeMounts: [{name: keys, mountPath: /keys}]' 'volumes: [{name: keys, secret: {secretName: password}}],'
plant readiness "readinessProbe: {$failing}"
plant liveness "livenessProbe: {$failing}"
plant root 'securityContext: {runAsNonRoot: true}'
plant readonly 'command: [sh, -c, "touch /written"], securityContext: {readOnlyRootFilesystem: true}'
plant room 'resources: {requests: {cpu: 10k}}'
plant class 'command: [sh]' '' \
  '{metadata: {name: data}, spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}'

tells never 'image nowhere:1 of container setup is not on the node'
tells registry 'does not reach the registry of image localhost:1/nowhere:1'
tells command 'command /nowhere does not exist'
tells crash 'exit code 3; it said last: .*no table users'
tells memory 'memory limit of 16Mi'
tells configmap 'ConfigMap settings does not exist'
tells secret 'Secret password does not exist'
tells readiness 'its readiness probe fails'
tells liveness 'its liveness probe fails'
tells root 'must not run as root'
tells readonly 'readOnlyRootFilesystem forbids'
tells room 'more than any node has'
tells class 'StorageClass fast of claim data-class-0 does not exist'
soon "a set in good health" '^statefulset/well: ready$' why sts/well
[ "$(wc -l <<<"$output")" = 1 ] || fail "a set in good health needs no explanation: $output"
LC_ALL=zh_CN.UTF-8 refuses "in Chinese" '命令 /nowhere' why sts/command
refuses "no such set" 'not found' why sts/nobody
echo "why: $steps, each with its cause"
