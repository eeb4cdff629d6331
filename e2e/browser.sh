# What the walks in a browser share; sourced, with the project's folder in $root the data folder of its cluster in $data and the
# kubectl to use in $kubectl. Ends the script with exit code 3 where there is no browser.

. "$root/scripts/packages.sh"
. "$root/scripts/node.sh"
install_packages "${browser_packages[@]}"
missing=$(missing_packages "${browser_packages[@]}")
if [ -n "$missing" ]; then
  echo "check: the walks in a browser are left out: they need these packages: $missing" >&2
  exit 3
fi
"$root/scripts/console.sh"
use_node

# A path goes on to work from another folder.
[[ $kubectl != */* ]] || kubectl=$(realpath "$kubectl")

# The cluster on $data ends with the script, which may say otherwise.
clean_up() {
  "$root/ordinal" down --data "$data" >/dev/null 2>&1 || true
  rm -rf "$data"
}
trap clean_up EXIT

# walk SAID KUBECONFIG KUBECTL [PLAYWRIGHT-OPTIONS]: through the console whose address and password stand in the file SAID, before the
# cluster of KUBECONFIG.
walk() {
  local url password started=$SECONDS
  url=$(sed -n 's/^console: \(https:.*\)$/\1/p' "$1")
  password=$(sed -n 's/^console: .* one-time password //p' "$1")
  [ -n "$url" ] && [ -n "$password" ] || { echo "FAILED: no console was named: $(cat "$1")" >&2; exit 1; }
  (cd "$root/console" && CONSOLE_URL=$url CONSOLE_PASSWORD=$password KUBECONFIG=$2 KUBECTL=$3 npx playwright test "${@:4}")
  echo "console: walked in $((SECONDS - started)) s"
}
