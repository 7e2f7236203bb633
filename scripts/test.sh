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
  chromium_if_possible
  redis_if_possible
  image_tools_if_possible
  haproxy_if_possible
  wasmtime_if_possible
  find . -path '*/target/surefire-reports/*' -name 'TEST-*.xml' -delete
  local status=0
  maven --fail-at-end spotless:check verify ${options[@]+"${options[@]}"} || status=$?
  skipped_tests
  summary
  return "$status"
}

# Tests in a browser are skipped, and named below, where there is none and none can be had.
chromium_if_possible() {
  if command -v chromium >/dev/null || ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    return
  fi
  mkdir -p target
  echo "Installing chromium for the browser tests."
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >target/chromium.log 2>&1; then
    echo "chromium could not be installed; the browser tests will be skipped."
  fi
  rm -f target/chromium.log
}

# Tests of the Redis store, likewise.
redis_if_possible() {
  if command -v redis-server >/dev/null || ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    return
  fi
  mkdir -p target
  echo "Installing redis-server for the tests of the Redis store."
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server; } >target/redis.log 2>&1; then
    echo "redis-server could not be installed; its tests will be skipped."
  fi
  rm -f target/redis.log
}

# Tests with a registry as others run it, and with skopeo, likewise.
image_tools_if_possible() {
  if { command -v docker-registry && command -v skopeo; } >/dev/null || ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    return
  fi
  mkdir -p target
  echo "Installing docker-registry and skopeo for the tests of images."
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker-registry skopeo; } >target/image-tools.log 2>&1; then
    echo "docker-registry and skopeo could not be installed; their tests will be skipped."
  fi
  rm -f target/image-tools.log
}

# The test of three servers behind haproxy, likewise.
haproxy_if_possible() {
  if command -v haproxy >/dev/null || ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    return
  fi
  mkdir -p target
  echo "Installing haproxy for the test of three servers behind it."
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends haproxy; } >target/haproxy.log 2>&1; then
    echo "haproxy could not be installed; its test will be skipped."
  fi
  rm -f target/haproxy.log
}

# Portable files are tried on wasmtime too, likewise.
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
