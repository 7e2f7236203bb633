# `run_tests [--all]`: all tests, then one line that sums them up. Sourced by dev.sh.
run_tests() {
  local options=()
  case "${1:-}" in
    "") ;;
    --all) options+=(-DexcludedGroups=) ;;
    *)
      echo "./dev test takes no \"$1\"; there is only --all." >&2
      exit 2
      ;;
  esac
  need mvn "Maven 3.8 or newer"
  npm_packages
  debian_if_possible "the tests in a browser" chromium
  debian_if_possible "the tests of the Redis store" redis-server
  debian_if_possible "the tests of images with others' tools" docker-registry skopeo podman runc
  debian_if_possible "the tests of builds a day apart" faketime
  debian_if_possible "the test of three servers" haproxy
  wasmtime_if_possible
  find . -path '*/target/surefire-reports/*' -name 'TEST-*.xml' -delete
  local status=0
  maven --fail-at-end spotless:check verify ${options[@]+"${options[@]}"} || status=$?
  skipped_tests
  summary
  return "$status"
}

# Installs commands from the Debian packages of the same names. Tests that need them are skipped, and named below,
# where they can't be had.
debian_if_possible() {
  local what="$1" missing=() each
  shift
  for each in "$@"; do command -v "$each" >/dev/null || missing+=("$each"); done
  if [ "${#missing[@]}" -eq 0 ] || ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    return
  fi
  echo "Installing ${missing[*]} for $what."
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1; then
    echo "${missing[*]} could not be installed; $what will be skipped."
  fi
}

# Portable files are tried on wasmtime too, where Python can fetch it.
wasmtime_if_possible() {
  if [ -d target/wasmtime ] || python3 -c "import wasmtime" 2>/dev/null || ! command -v pip >/dev/null; then
    return
  fi
  mkdir -p target
  echo "Installing wasmtime for the tests of portable files."
  if ! pip install -q --target target/wasmtime wasmtime >target/wasmtime.log 2>&1; then
    rm -rf target/wasmtime
    echo "wasmtime could not be installed; its tests will be skipped."
  fi
  rm -f target/wasmtime.log
}

reports() {
  find . -path '*/target/surefire-reports/*' -name 'TEST-*.xml' -print0
}

# Each skipped test once, with its reason; a test with many parameters is one line.
skipped_tests() {
  reports | xargs -0 -r awk '
    /<testcase / { match($0, /name="[^"]*"/); name = substr($0, RSTART + 6, RLENGTH - 7)
                   match($0, /classname="[^"]*"/); class = substr($0, RSTART + 11, RLENGTH - 12)
                   sub(/[({[].*/, "", name) }
    /<skipped/   { reason = ""
                   if (match($0, /message="[^"]*"/)) reason = ": " substr($0, RSTART + 9, RLENGTH - 10)
                   skipped[class "." name reason]++ }
    END          { for (test in skipped)
                     print "Skipped: " test (skipped[test] > 1 ? " (" skipped[test] " times)" : "") }' | sort
}

# The same line as Surefire writes for one module, over all of them. Tests are counted one by one:
# the suites' own numbers leave nested classes out.
summary() {
  reports | xargs -0 -r cat | awk '
    /<testcase /    { tests++ }
    /<failure[ >]/  { failures++ }
    /<error[ >]/    { errors++ }
    /<skipped[ >\/]/ { skipped++ }
    END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", tests, failures, errors, skipped }'
}
