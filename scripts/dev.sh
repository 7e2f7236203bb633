#!/usr/bin/env bash
# The tasks of ./dev, which has found the JDK and stands in the checkout.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"
. "$home/scripts/test.sh"

usage() {
  cat <<'TEXT'
Usage: ./dev TASK
  build          build everything ./runnel needs
  test [--all]   check the format and run all tests; --all: the long ones too
  fmt            format the sources
  bench NAME     run one of the benchmarks in bench/
  soak           a server under load for ten minutes, and what its memory does
  golden         write the expected outputs anew, from Node's
  docs           write docs/compatibility.md anew
  wpt [REGEX]    the Web Platform Tests in $SUITES/wpt/root, a table on each engine beside Node
  wasi           the tests of WASI in $SUITES/wasi-testsuite, a table beside Node's node:wasi
  intl           Intl and the locale-sensitive methods, a table on each engine against Node's ICU
  body           2 GB through an isolate of 32 MB, and the most memory that took, on each engine
  dist           pack target/runnel-VERSION.tar.gz
TEXT
}

fmt() {
  maven -q spotless:apply
}

bench() {
  if [ $# -eq 0 ] || [ ! -x "bench/$1.sh" ]; then
    echo "Name one of: $(cd bench && ls ./*.sh 2>/dev/null | sed 's|^\./||; s|\.sh$||' | tr '\n' ' ')" >&2
    exit 2
  fi
  build_if_needed
  exec "bench/$1.sh" "${@:2}"
}

golden() {
  npm_packages
  node conformance/react/golden.mjs
  node conformance/intl/golden.mjs
  node conformance/frameworks/golden.mjs
  node conformance/compatibility/golden.mjs
}

# Looks on both engines, one after the other.
docs() {
  npm_packages
  maven -q -pl conformance -am -Dtest=CompatibilityTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dcompatibility.write=true test
}

# `suite MODULE TEST [OPTION…]`: one class of tests, the long ones too.
suite() {
  npm_packages
  maven -q -pl "$1" -am "-Dtest=$2" -Dsurefire.failIfNoSpecifiedTests=false -DexcludedGroups= "${@:3}" test
}

# All, or the files in whose path the expression is found.
wpt() {
  if [ ! -d "${SUITES:-}/wpt/root" ]; then
    echo 'There is no folder wpt/root in $SUITES: the Web Platform Tests are not part of this checkout.' >&2
    exit 2
  fi
  suite conformance WptTest "-Dwpt.only=${1:-}"
}

# Programs are built as that suite's README says.
wasi() {
  if [ ! -d "${SUITES:-}/wasi-testsuite/tests" ]; then
    echo 'There is no folder wasi-testsuite in $SUITES: WebAssembly/wasi-testsuite is not part of this checkout.' >&2
    exit 2
  fi
  suite wasi WasiSuiteTest
}

version() {
  sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -1
}

# The same files, owners and times give the same archive.
dist() {
  build_if_needed
  local name packed
  name="runnel-$(version)"
  packed="target/dist/$name"
  rm -rf target/dist
  mkdir -p "$packed/scripts"
  cp runnel README.md LICENSE "$packed/"
  cp scripts/jdk.sh scripts/java.sh scripts/train.sh "$packed/scripts/"
  cp -r target/runnel/lib "$packed/"
  tar -C . --exclude node_modules -cf - examples | tar -C "$packed" -xf -
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2026-01-01 00:00Z' \
    -C target/dist -cf - "$name" | gzip -n >"target/$name.tar.gz"
  echo "target/$name.tar.gz"
}

case "${1:-}" in
  build) build_if_needed ;;
  test) run_tests "${@:2}" ;;
  fmt) fmt ;;
  bench) bench "${@:2}" ;;
  soak) bench soak "${@:2}" ;;
  golden) golden ;;
  docs) docs ;;
  wpt) wpt "${@:2}" ;;
  wasi) wasi ;;
  intl) suite conformance IntlTest ;;
  body) suite cli LargeBodyTest ;;
  dist) dist ;;
  "" | help | --help | -h) usage ;;
  *)
    echo "There is no task \"$1\"." >&2
    usage >&2
    exit 2
    ;;
esac
