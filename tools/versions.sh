#!/bin/sh
# The quick tests on every Python from 3.11 on that this machine has, with the locked packages, and on the oldest of them with the
# lowest packages that pyproject.toml allows. Run by `make versions`; says at the end what was tried, what failed, what was not here.
set -u
cd "$(dirname "$0")/.." || exit 1
tests="tests/domain tests/reading tests/etiquette tests/formats tests/services tests/phrasing tests/surfaces/cli"
report=""
failed=0

found() {
  for candidate in "python$1" "$HOME/.pyenv/versions/$1".*/bin/python; do
    if "$candidate" -c 'import sys; raise SystemExit("%d.%d" % sys.version_info[:2] != sys.argv[1])' "$1" 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
}

try() { # python, name, lock files
  place=".venv-versions/$2"
  if [ ! -f "$place/.ready" ]; then
    rm -rf "$place"
    "$1" -m venv "$place" || return 1
    for lock in $3; do
      "$place/bin/pip" install --quiet --require-hashes -r "requirements/$lock.txt" || return 1
    done
    "$place/bin/pip" install --quiet --no-build-isolation --no-deps --editable . || return 1
    touch "$place/.ready"
  fi
  # The slowest, every combination of messages, is left to `make test`.
  # shellcheck disable=SC2086
  "$place/bin/python" -m pytest -p no:cacheprovider --ignore=tests/phrasing/test_every_combination.py $tests
}

oldest=""
for version in 3.11 3.12 3.13 3.14; do
  python="$(found "$version")"
  if [ -z "$python" ]; then
    report="$report\n$version: not on this machine"
    continue
  fi
  if try "$python" "$version" "build run dev"; then outcome=passed; else outcome=FAILED failed=1; fi
  report="$report\n$version with the locked packages: $outcome"
  if [ -z "$oldest" ]; then
    oldest="$version"
    if try "$python" "$version-lowest" "lowest"; then outcome=passed; else outcome=FAILED failed=1; fi
    report="$report\n$version with the lowest packages: $outcome"
  fi
done
printf '%b\n' "$report"
exit $failed
