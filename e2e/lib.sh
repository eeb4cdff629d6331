# What the end-to-end scripts share: a step runs a command and holds its output against a pattern.

steps=0

# Prints what went wrong and ends the script; the caller's trap cleans up.
fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# ok DESCRIPTION COMMAND...: the command must succeed.
ok() {
  local what=$1
  shift
  steps=$((steps + 1))
  output=$("$@" 2>&1) || fail "$what: '$*' exited $?: $output"
}

# says DESCRIPTION PATTERN COMMAND...: the command must succeed and print a line that matches the extended pattern.
says() {
  local what=$1 pattern=$2
  shift 2
  ok "$what" "$@"
  grep -qE -- "$pattern" <<<"$output" || fail "$what: '$*' should print /$pattern/ but printed: $output"
}

# refuses DESCRIPTION PATTERN COMMAND...: the command must fail and say why.
refuses() {
  local what=$1 pattern=$2
  shift 2
  steps=$((steps + 1))
  if output=$("$@" 2>&1); then fail "$what: '$*' should have been refused but printed: $output"; fi
  grep -qE -- "$pattern" <<<"$output" || fail "$what: '$*' should say /$pattern/ but said: $output"
}

# soon DESCRIPTION PATTERN COMMAND...: within a minute the command prints a line that matches.
soon() {
  local what=$1 pattern=$2 end=$((SECONDS + 60))
  shift 2
  steps=$((steps + 1))
  until output=$("$@" 2>&1) && grep -qE -- "$pattern" <<<"$output"; do
    [ $SECONDS -lt $end ] || fail "$what: '$*' should print /$pattern/ within a minute but printed: $output"
    sleep 0.2
  done
}

# gone DESCRIPTION COMMAND...: within a minute the command prints nothing.
gone() {
  local what=$1 end=$((SECONDS + 60))
  shift
  steps=$((steps + 1))
  until output=$("$@" 2>/dev/null) && [ -z "$output" ]; do
    [ $SECONDS -lt $end ] || fail "$what: '$*' should print nothing within a minute but printed: $output"
    sleep 0.2
  done
}

# within MILLISECONDS SINCE DESCRIPTION PATTERN COMMAND...: the command prints a line that matches no later than that after SINCE,
# a moment of `now`.
within() {
  local limit=$1 since=$2 what=$3 pattern=$4 late
  shift 4
  steps=$((steps + 1))
  until output=$("$@" 2>&1) && grep -qE -- "$pattern" <<<"$output"; do
    [ $(($(now) - since)) -lt $((limit * 5)) ] || fail "$what: '$*' should print /$pattern/ within $limit ms but printed: $output"
    sleep 0.02
  done
  late=$(($(now) - since))
  echo "$what: after $late ms"
  [ $late -le "$limit" ] || fail "$what: after $late ms, and $limit are allowed"
}

# ended PROCESS: ends a process of ours in the background, and waits for it.
ended() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# Milliseconds of a clock.
now() { date +%s%3N; }
