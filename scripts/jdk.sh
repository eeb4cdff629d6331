# Finds a JDK 25 or newer and exports JAVA_HOME and PATH; sourced by ./dev and ./ordinal.

# Prints the major version of the JDK in a folder, or nothing. Reads its release file: starting a JVM costs time.
jdk_major() {
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  local home major
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/*; do
    [ -n "$home" ] || continue
    major=$(jdk_major "$home")
    if [ -n "$major" ] && [ "$major" -ge 25 ]; then
      echo "$home"
      return
    fi
  done
  return 1
}

if ! JAVA_HOME=$(find_jdk); then
  echo "ordinal: no JDK 25 or newer in JAVA_HOME, /usr/lib/jvm or SDKMAN; install one (for example Temurin 25) and try again" >&2
  exit 3
fi
export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
