# Builds without static analysis, and their trace; sourced by what builds or checks. Maven takes a class file for up to
# date whatever it was compiled with: what was compiled without analysis is compiled again by ./dev check.

# Maven without static analysis, in the present folder.
mvn_fast() {
  mkdir -p build
  local begun failed=0 classes
  begun=$(mktemp build/begun.XXXXXX)
  mvn --batch-mode --no-transfer-progress -Dfast "$@" || failed=$?
  for classes in */target/{classes,test-classes}; do
    [ -z "$(find "$classes" -name '*.class' -newer "$begun" -print -quit 2>/dev/null)" ] || touch "$classes/../unanalysed"
  done
  rm -f "$begun"
  return $failed
}

# Takes away what was compiled without analysis since it was analysed last.
forget_unanalysed() {
  local mark
  for mark in */target/unanalysed; do
    [ -e "$mark" ] || continue
    rm -rf "${mark%/*}/classes" "${mark%/*}/test-classes" "$mark"
  done
}
