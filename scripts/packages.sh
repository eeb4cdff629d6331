# The Debian packages that real containers need, and those of the walk through the console; sourced by ./ordinal and the checks.

# program or file, then the package that brings it
ordinal_packages=(
  containerd:containerd runc:runc /usr/lib/cni/bridge:containernetworking-plugins nft:nftables
  ip:iproute2 /bin/busybox:busybox-static setsid:util-linux
)
# A browser that can show Chinese: only the checks ask for it.
browser_packages=(chromium:chromium /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc:fonts-noto-cjk)

# Prints the packages whose program or file is missing: of the entries given, or of what real containers need.
missing_packages() {
  local entry
  [ $# -gt 0 ] || set -- "${ordinal_packages[@]}"
  for entry in "$@"; do
    command -v "${entry%%:*}" >/dev/null 2>&1 || [ -e "${entry%%:*}" ] || echo "${entry#*:}"
  done
}

# Installs what is missing when this is root on Debian or Ubuntu, saying so before; else leaves it to ./ordinal doctor.
install_packages() {
  local missing
  missing=$(missing_packages "$@" | sort -u | tr '\n' ' ')
  [ -n "${missing// /}" ] || return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
  echo "ordinal: installing the Debian packages $missing" >&2
  # shellcheck disable=SC2086
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null) \
    >/dev/null || echo "ordinal: not all of them could be installed; see ./ordinal doctor" >&2
}
