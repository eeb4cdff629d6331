#!/usr/bin/env bash
# Starts a cluster with real containers below the build folder, runs the end-to-end scripts against it, removes it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
cd "$root"
data=$root/build/e2e
kubectl=$(command -v kubectl || true)

clean_up() {
  ./ordinal down --data "$data" >/dev/null 2>&1 || true
  rm -rf "$data"
}
trap clean_up EXIT

scripts/kubectls.sh
[ -n "$kubectl" ] || kubectl=$root/build/kubectl/1.36/kubectl
clean_up
./ordinal demo --data "$data" --api-port 0
"$kubectl" --kubeconfig "$data/admin.conf" delete -f examples/web.yaml
"$kubectl" --kubeconfig "$data/admin.conf" delete pvc -l app=nginx
passed=0
for each in "$kubectl" "$root"/build/kubectl/*/kubectl; do
  [ -x "$each" ] || continue
  KUBECONFIG=$data/admin.conf e2e/guide.sh "$each"
  passed=$((passed + 1))
done
e2e/faults.sh "$data" "$kubectl" 1
e2e/refusals.sh "$data"
e2e/why.sh "$data" "$kubectl"
clean_up
walked=0
e2e/console.sh "$root/build/walk" "$kubectl" guide || walked=$?
case $walked in
  0) passed=$((passed + 1)) ;;
  3) [ "${CI:-}" != true ] || exit 3 ;;
  *) exit "$walked" ;;
esac
e2e/recovery.sh "$root/build/recovery" "$kubectl"
e2e/disk-full.sh "$data-full" "$kubectl"
echo "$((passed + 5)) passed, 0 failed"
