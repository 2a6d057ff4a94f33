#!/bin/sh
# Installs the Debian packages that the tests use (or those of another list that is named), where this user may; elsewhere says which are absent.
# The tests that need an absent one skip with the reason, and fail where CI is set.
set -u
list="${1:-$(dirname "$0")/../requirements/debian.txt}"
command -v dpkg-query >/dev/null 2>&1 || exit 0
absent=""
for package in $(grep -v '^#' "$list"); do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || absent="$absent $package"
done
[ -n "$absent" ] || exit 0
if [ "$(id -u)" = 0 ]; then
  as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
else
  echo "Not installed, and this user may not install them; their tests are skipped:$absent" >&2
  exit 0
fi
echo "Installing Debian packages:$absent" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -qq update >/dev/null 2>&1
# shellcheck disable=SC2086
$as_root apt-get -qq install --no-install-recommends --yes $absent >/dev/null 2>&1 ||
  echo "Debian packages could not be installed; their tests are skipped:$absent" >&2
