# Node.js and npm for the console; sourced, with the project's folder in $root. What is too old for Vite (Debian 12 has Node.js 18
# and npm 9) is taken from npm's own packages of them, into the build folder.

node_is_recent() {
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}
npm_is_recent() { [ "$(npm --version 2>/dev/null | cut -d. -f1)" -ge 11 ] 2>/dev/null; }

# Ends with 1 where there is no npm, or none that brings a newer one.
use_node() {
  local own=$root/build/node needed=()
  node_is_recent || needed+=(node@22)
  npm_is_recent || needed+=(npm@11)
  [ ${#needed[@]} -gt 0 ] || return 0
  command -v npm >/dev/null || return 1
  if [ ! -e "$own/.stamp" ]; then
    mkdir -p "$own"
    npm install --prefix "$own" --no-save --no-audit --no-fund --loglevel=error "${needed[@]}" >/dev/null || return 1
    touch "$own/.stamp"
  fi
  PATH=$own/node_modules/.bin:$PATH
  hash -r
  node_is_recent && npm_is_recent
}
