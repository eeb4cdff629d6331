#!/usr/bin/env bash
# The guide's kubectl commands one after the other, against a running cluster with real containers.
# usage: KUBECONFIG=FILE e2e/guide.sh KUBECTL
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
kubectl=$1
yaml=$here/../examples/web.yaml
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
version=$("$kubectl" version --client 2>/dev/null | grep -oE 'v1\.[0-9]+' | head -n 1)
minor=${version#v1.}
k() { "$kubectl" --cache-dir "$scratch/cache" "$@"; }

uids() { k get pods -l app=nginx --sort-by=.metadata.name -o 'jsonpath={.items[*].metadata.uid}'; }
images() { k get pods -l app=nginx -o 'jsonpath={.items[*].spec.containers[0].image}'; }

create() {
  says "create -f" 'statefulset.apps/web created' k create -f "$yaml"
  says "rollout status of a new set" 'complete|roll out complete|partitioned' k rollout status sts/web --timeout=120s
  says "get StatefulSet" '^web +3/3 +' k get StatefulSet
  says "the update strategy by go-template" '^RollingUpdate$' \
    k get sts/web -o go-template='{{.spec.updateStrategy.type}}{{"\n"}}'
  says "each pod has its claim" 'www-web-2 +Bound' k get pvc
  refuses "create -f a second time" 'already exists' k create -f "$yaml"
}

look() {
  says "get -o wide" '^web-0 +1/1 +Running .* 10\.[0-9.]+ +node-1' k get pods -o wide
  says "describe a set" 'create Pod web-0 in StatefulSet web successful' k describe sts web
  says "describe a pod" 'Successfully assigned default/web-0' k describe pod web-0
  says "explain" 'RollingUpdate' k explain sts.spec.updateStrategy
  says "api-resources" 'statefulsets +sts' k api-resources
  says "wait" 'condition met' k wait --for=condition=Ready pod/web-0 --timeout=60s
  says "exec" '^web-1$' k exec web-1 -- hostname
  says "exec with a terminal" 'web-1' script -qec "$kubectl exec -it web-1 -- hostname" /dev/null
  refuses "exec of a command that fails" 'exit code 3' k exec web-1 -- sh -c 'exit 3'
  says "exec with input" '^hello$' sh -c "echo hello | '$kubectl' exec -i web-0 -- cat"
  says "the name that DNS gives a pod" '10\.' k exec web-0 -- nslookup web-1.nginx.default.svc.cluster.local
  says "pods reach each other by name" 'web-2' k exec web-0 -- sh -c \
    'echo web-2 >/dev/null; wget -qO- http://web-2.nginx/ >/dev/null 2>&1 || true; nslookup web-2.nginx.default.svc.cluster.local'
  ok "logs" k logs web-0
  ok "a pod that fails" k run brief --image=nginx:latest --restart=Always --command -- sh -c 'echo one life; exit 3'
  soon "its restart" '^brief .* [1-9]' k get pod brief
  soon "logs --previous" '^one life$' k logs --previous brief
  says "describe shows how it ended" 'Exit Code: +3' k describe pod brief
  ok "delete the pod that fails" k delete pod brief
  timeout 120 "$kubectl" logs -f web-0 >"$scratch/followed" 2>&1 &
  following=$!
  ok "a line before" k exec web-0 -- sh -c 'echo before >/proc/1/fd/1'
  soon "logs -f begins" '^before$' cat "$scratch/followed"
  ok "a line behind it" k exec web-0 -- sh -c 'echo behind >/proc/1/fd/1'
  soon "logs -f follows" '^behind$' cat "$scratch/followed"
  ended "$following"
}

# page PORT: what a web server on loopback says, its headers left out.
page() {
  timeout 20 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "GET /page HTTP/1.0\r\n\r\n" >&3 && sed "1,/^\r$/d" <&3' "$1"
}

# Ten connections at once.
pages() {
  local each all=()
  for each in 1 2 3 4 5 6 7 8 9 10; do
    page "$1" &
    all+=($!)
  done
  wait "${all[@]}"
}

# A port on a pod's own loopback interface, and the streams of a pod's own process.
join() {
  local forward port
  ok "listen inside a pod" k exec web-0 -- sh -c 'seq 20000 | sed "s/.*/line & from inside/" >/tmp/page && httpd -p 127.0.0.1:8080 -h /tmp'
  "$kubectl" port-forward --address 127.0.0.1 pod/web-0 :8080 >"$scratch/forward" 2>&1 &
  forward=$!
  soon "port-forward" 'Forwarding from 127.0.0.1:[0-9]+ -> 8080' cat "$scratch/forward"
  port=$(grep -oE '127.0.0.1:[0-9]+' "$scratch/forward" | cut -d: -f2)
  says "a page through the port" '^line 20000 from inside$' page "$port"
  says "ten at once, to the last line" '^200000$' bash -c "$(declare -f page pages); pages $port | wc -l"
  ended "$forward"
  "$kubectl" port-forward --address 127.0.0.1 pod/web-0 :81 >"$scratch/forward" 2>&1 &
  forward=$!
  soon "port-forward to a port on which nobody listens" 'Forwarding from' cat "$scratch/forward"
  port=$(grep -oE '127.0.0.1:[0-9]+' "$scratch/forward" | cut -d: -f2)
  page "$port" >"$scratch/nothing" 2>&1 || true
  soon "kubectl says so" 'connection refused' cat "$scratch/forward"
  ended "$forward"
  says "run -i" '^heard hello$' sh -c "echo hello | '$kubectl' run listener -i --rm --quiet --restart=Never --image=nginx:latest \
    --command -- sh -c 'read line; echo heard \$line; sleep 1'"
  ok "a pod with a terminal" k run shell --image=nginx:latest --restart=Never --attach=false --stdin --tty --command -- sh
  ok "it runs" k wait --for=condition=Ready pod/shell --timeout=60s
  says "attach -it" 'at 42' sh -c "{ echo 'echo at \$((6 * 7))'; sleep 1; echo exit; } | timeout 60 script -qec '$kubectl attach -it shell' /dev/null"
  ok "delete the pod with a terminal" k delete pod shell
}

update() {
  local revision
  revision=$(k get sts web -o 'jsonpath={.status.updateRevision}')
  says "edit" 'edited' env EDITOR="sed -i 's/terminationGracePeriodSeconds: 10/terminationGracePeriodSeconds: 3/'" \
    "$kubectl" edit StatefulSet/web
  says "rollout status after edit" 'complete|roll out complete' k rollout status sts/web --timeout=180s
  says "patch --type=json" 'patched' k patch statefulset web --type=json \
    -p='[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value":"nginx:stable"}]'
  says "rollout status after patch" 'complete|roll out complete' k rollout status sts/web --timeout=180s
  says "every pod has the new image" '^nginx:stable nginx:stable nginx:stable$' images
  says "rollout history" '3' k rollout history sts/web
  says "rollout undo" 'rolled back' k rollout undo sts/web
  says "rollout status after undo" 'complete|roll out complete' k rollout status sts/web --timeout=180s
  says "every pod has the old image" '^nginx:latest nginx:latest nginx:latest$' images
  [ "$revision" != "$(k get sts web -o 'jsonpath={.status.updateRevision}')" ] || fail "the edit made no revision"
}

# A bad image sticks a rollout for ever elsewhere; here an undo is enough.
unstick() {
  says "a bad image" 'image updated' k set image sts/web nginx=nginx:no-such-tag
  soon "the bad image shows" 'ErrImagePull|ImagePullBackOff' k get pods
  says "undo after a bad image" 'rolled back' k rollout undo sts/web
  says "rollout status after a bad image" 'complete|roll out complete' k rollout status sts/web --timeout=120s
  says "every pod is back" '^nginx:latest nginx:latest nginx:latest$' images
}

apply_and_scale() {
  local pods
  sed 's/replicas: 3/replicas: 2/' "$yaml" >"$scratch/two.yaml"
  ok "write into the highest ordinal's volume" k exec web-2 -- sh -c 'echo stays >/usr/share/nginx/html/marker'
  ok "apply over create" k apply -f "$yaml"
  refuses "diff shows the change" 'replicas: 2' k diff -f "$scratch/two.yaml"
  says "apply" 'statefulset.apps/web configured' k apply -f "$scratch/two.yaml"
  gone "the highest ordinal goes" k get pod web-2 --ignore-not-found -o name
  says "its claim stays" 'www-web-2 +Bound' k get pvc
  says "scale" 'scaled' k scale sts web --replicas=3
  says "rollout status after scale" 'complete|roll out complete' k rollout status sts/web --timeout=60s
  says "the highest ordinal finds its data again" '^stays$' k exec web-2 -- cat /usr/share/nginx/html/marker
  timeout 120 "$kubectl" get pods -w -o wide >"$scratch/watch" 2>&1 &
  watching=$!
  soon "get -w lists" '^web-2 ' cat "$scratch/watch"
  ok "delete a pod" k delete pod web-2
  soon "web-2 comes back" '^web-2 +1/1 +Running' k get pods
  soon "get -w saw the deletion" '^web-2 +[01]/1 +(Terminating|Completed|Error)' cat "$scratch/watch"
  ended "$watching"
  says "cordon" 'cordoned' k cordon node-1
  says "a cordoned node shows" 'SchedulingDisabled' k get nodes
  pods=$(k get pods -l app=nginx -o name | wc -l)
  [ "$pods" = 3 ] || fail "cordon must not touch pods, $pods are left"
  says "drain" 'drained|evicted' k drain node-1 --ignore-daemonsets --timeout=60s --pod-selector=app=nginx
  says "uncordon" 'uncordoned' k uncordon node-1
  soon "the set comes back after a drain" '^web +3/3' k get sts
}

delete_and_adopt() {
  local before after cascade=--cascade=false
  ok "write into a volume" k exec web-1 -- sh -c 'echo kept >/usr/share/nginx/html/marker'
  before=$(uids)
  [ "$minor" -lt 21 ] || cascade=--cascade=orphan
  says "delete $cascade" 'deleted' k delete StatefulSet web $cascade
  [ "$before" = "$(uids)" ] || fail "$cascade must keep the pods"
  ok "create the set again" k apply -f "$yaml"
  soon "the set adopts its pods" '^web +3/3' k get sts
  after=$(uids)
  [ "$before" = "$after" ] || fail "the set must adopt the pods, not replace them: $before, $after"
  says "delete" 'deleted' k delete StatefulSet web
  gone "the pods go" k get pods -l app=nginx -o name
  says "the claims stay" 'www-web-1 +Bound' k get pvc
  ok "create the set once more" k apply -f "$yaml"
  says "rollout status of the set created once more" 'complete|roll out complete' k rollout status sts/web --timeout=120s
  says "the data is there" '^kept$' k exec web-1 -- cat /usr/share/nginx/html/marker
}

# The value of COLOUR in each pod of the set by ordinal; "-" where the pod's template had none.
colours() {
  k get pods -l app=nginx --sort-by=.metadata.name \
    -o go-template='{{range .items}}{{with (index .spec.containers 0).env}}{{(index . 0).value}}{{else}}-{{end}} {{end}}{{"\n"}}'
}
uid() { k get pod "$1" -o 'jsonpath={.metadata.uid}'; }
seen() { k get sts "$1" -o go-template='{{eq .metadata.generation .status.observedGeneration}}'; }

on_delete() {
  local before first last
  before=$(uids) first=$(uid web-0) last=$(uid web-2)
  says "OnDelete" 'patched' k patch sts web -p '{"spec":{"updateStrategy":{"$patch":"replace","type":"OnDelete"}}}'
  says "a new template" 'env updated' k set env sts/web COLOUR=blue
  soon "the controller has seen it" '^true$' seen web
  refuses "rollout status knows no OnDelete" 'only available for RollingUpdate' k rollout status sts/web
  [ "$before" = "$(uids)" ] || fail "OnDelete must move no pod: $before, then $(uids)"
  ok "delete one pod" k delete pod web-1
  soon "it comes back with the new template" '^- blue - $' colours
  soon "it is ready" '^web-1 +1/1 +Running' k get pods
  [ "$first $last" = "$(uid web-0) $(uid web-2)" ] || fail "OnDelete must move only the pod that was deleted"
}

partitioned() {
  says "a partition and a new template in one" 'patched' k patch sts web -p '{"spec":{
    "updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}},
    "template":{"spec":{"containers":[{"name":"nginx","env":[{"name":"COLOUR","value":"green"}]}]}}}}'
  says "rollout status with a partition" 'partitioned roll out complete: 1 new pod' k rollout status sts/web --timeout=60s
  says "only ordinals from the partition on change" '^- blue green $' colours
  ok "delete a pod below the partition" k delete pod web-0
  soon "it is ready again" '^web-0 +1/1 +Running' k get pods
  says "it has the template it had" '^- blue green $' colours
  says "lift the partition" 'patched' k patch sts web -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'
  soon "the rollout finishes" '^green green green $' colours
  says "rollout status without a partition" 'complete|roll out complete' k rollout status sts/web --timeout=60s
}

restart() {
  local before each
  before=$(uids)
  says "rollout restart" 'restarted' k rollout restart sts/web
  says "rollout status after restart" 'complete|roll out complete' k rollout status sts/web --timeout=180s
  for each in $before; do
    [[ " $(uids) " != *" $each "* ]] || fail "rollout restart left a pod alone: $before, then $(uids)"
  done
}

# Names and readiness of the crowd's pods, of those that are not being deleted.
crowd() { k get pods -l app=crowd --no-headers | grep -v Terminating | awk '{ print $1, $2, $3 }' | sort | paste -sd' '; }
let_in() {
  local pod
  for pod in "$@"; do
    soon "$pod runs" '^Running$' k get pod "$pod" -o 'jsonpath={.status.phase}'
    soon "$pod is told to be ready" '' k exec "$pod" -- touch /tmp/ready
  done
}

parallel() {
  ok "create a Parallel set" k apply -f "$here/parallel.yaml"
  soon "all pods come at once" '^crowd-0 0/1 Running crowd-1 0/1 Running crowd-2 0/1 Running$' crowd
  let_in crowd-0 crowd-1 crowd-2
  says "rollout status of a Parallel set" 'complete|roll out complete' k rollout status sts/crowd --timeout=60s
  ok "scale up" k scale sts crowd --replicas=5
  soon "both new pods come at once" 'crowd-3 0/1 Running crowd-4 0/1 Running$' crowd
  ok "scale down past pods that are not ready" k scale sts crowd --replicas=3
  soon "both go at once" '^crowd-0 1/1 Running crowd-1 1/1 Running crowd-2 1/1 Running$' crowd
  says "two may be away at a time" 'patched' k patch sts crowd --type=merge \
    -p '{"spec":{"updateStrategy":{"rollingUpdate":{"maxUnavailable":2}}}}'
  says "a bad image for the crowd" 'image updated' k set image sts/crowd nginx=nginx:no-such-tag
  soon "two are away, the third stays" \
    '^crowd-0 1/1 Running crowd-1 0/1 (ErrImagePull|ImagePullBackOff) crowd-2 0/1 (ErrImagePull|ImagePullBackOff)$' crowd
  ok "delete the Parallel set" k delete -f "$here/parallel.yaml"
  gone "the crowd is gone" k get pods -l app=crowd -o name
}

finish() {
  ok "delete what the manifest made" k delete -f "$yaml"
  gone "no pod is left" k get pods -l app=nginx -o name
  ok "delete the claims" k delete pvc -l app=nginx
  gone "no volume is left" k get pv -o name
}

create
look
join
update
unstick
apply_and_scale
delete_and_adopt
on_delete
partitioned
restart
parallel
finish
echo "kubectl $version: $steps steps as the guide promises"
