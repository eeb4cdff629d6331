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
  (cd "$1" && find pom.xml ./*/pom.xml ./*/src/main -newer build/ordinal/stamp -print -quit 2>/dev/null)
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
  if ! (cd "$1" && mvn --batch-mode --no-transfer-progress -q -Dfast -DskipTests -Dmaven.test.skip=true package) >"$log" 2>&1; then
    grep -m5 ERROR "$log" >&2 || tail -n 5 "$log" >&2
    echo "ordinal: the build failed; all of it is in $log" >&2
    exit 1
  fi
  mv "$begun" "$out/stamp"
}

# The jars by name, so that the class path is the same at each start: the AOT cache is refused otherwise.
class_path() {
  local jars=("$1"/build/ordinal/lib/*.jar)
  local IFS=:
  echo "${jars[*]}"
}

# One run that starts a simulated cluster, uses it and ends: what it loaded and compiled, the next starts need not.
train_if_needed() {
  local home="$1" out="$1/build/ordinal" scratch
  shift
  [ -e "$out/ordinal.aot" ] && return
  echo "ordinal: training run for fast starts (only after a build)" >&2
  scratch=$(mktemp -d)
  java "$@" -XX:AOTCacheOutput="$out/ordinal.aot" -cp "$(class_path "$home")" \
    io.ordinal.cluster.cli.Main train --data "$scratch/data" >"$out/train.log" 2>&1 ||
    echo "ordinal: the training run failed, starts will be slower; see $out/train.log" >&2
  rm -rf "$scratch"
}
