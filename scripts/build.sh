# Builds Ordinal into build/ordinal when it is missing or older than its sources; sourced by ./ordinal.

# Maven is the machine's, or Debian's package, installed when root.
need_maven() {
  command -v mvn >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "ordinal: installing the Debian package maven" >&2
    apt-get update -qq && apt-get install -y -qq --no-install-recommends maven >/dev/null
  else
    echo "ordinal: Maven is missing: install it (on Debian: apt-get install maven) and try again" >&2
    exit 3
  fi
}

newest_source() {
  (cd "$1" && find pom.xml ./*/pom.xml ./*/src/main console/{src,public,build,index.html,vite.config.ts,package-lock.json} -newer build/ordinal/stamp \
    -print -quit 2>/dev/null)
}

# Without its console Ordinal is whole, and says on the console's port what is missing.
build_console() {
  local log="$1/build/ordinal/console.log"
  "$1/scripts/console.sh" 2>"$log" || echo "ordinal: built without the web console: $(tail -n 1 "$log")" >&2
}

build_if_needed() {
  local out="$1/build/ordinal"
  if [ -e "$out/stamp" ] && [ -z "$(newest_source "$1")" ]; then return; fi
  need_maven
  echo "ordinal: building (only on first use and after a change)" >&2
  mkdir -p "$out"
  local begun="$out/stamp.new" log="$out/build.log"
  touch "$begun"
  rm -rf "$out/lib" "$out/ordinal.aot"
  build_console "$1"
  if ! (cd "$1" && mvn_fast -q -DskipTests -Dmaven.test.skip=true package) >"$log" 2>&1; then
    grep -m5 ERROR "$log" >&2 || tail -n 5 "$log" >&2
    echo "ordinal: the build failed; all of it is in $log" >&2
    exit 1
  fi
  mv "$begun" "$out/stamp"
}

# One run that starts a cluster, uses it and ends: what it loaded and compiled, the next starts need not. With real
# containers where this machine has what they need; else simulated.
train_if_needed() {
  local home="$1" out="$1/build/ordinal" runtime
  shift
  [ -e "$out/ordinal.aot" ] && return
  echo "ordinal: training run for fast starts (only after a build)" >&2
  for runtime in $(trainable_runtimes); do
    train "$out" "$runtime" "$@" && return
  done
  echo "ordinal: the training run failed, starts will be slower; see $out/train-simulated.log" >&2
}

trainable_runtimes() {
  if [ "$(id -u)" = 0 ] && [ -z "$(missing_packages)" ]; then echo containerd; fi
  echo simulated
}

train() {
  local out="$1" runtime="$2" scratch failed=0
  shift 2
  scratch=$(mktemp -d)
  local ordinal=(-cp "$out/lib/ordinal.jar" io.ordinal.cluster.cli.Main)
  if ! java "$@" -XX:AOTCacheOutput="$out/ordinal.aot" "${ordinal[@]}" train --data "$scratch/data" --runtime "$runtime" \
    >"$out/train-$runtime.log" 2>&1; then
    failed=1
    # What it has started must not outlive it.
    java "$@" "${ordinal[@]}" down --data "$scratch/data" >/dev/null 2>&1 || true
  fi
  rm -rf "$scratch"
  return $failed
}
