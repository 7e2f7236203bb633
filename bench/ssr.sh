#!/usr/bin/env bash
# ./dev bench ssr [OPTIONS]: servers that stream a React page, Runnel on both engines beside its peers. --help lists
# the options. Peers are installed under target/peers once; delete that folder for newer ones.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"
peers="$home/target/peers"

# One by one: what can't be had is named by the benchmark, and doesn't keep the others away.
install_peers() {
  mkdir -p "$peers"
  local name
  for name in node bun deno; do
    [ -x "$peers/node_modules/.bin/$name" ] ||
      npm install --prefix "$peers" --no-audit --no-fund --loglevel=error "$name@latest" >"$peers/$name.log" 2>&1 || true
  done
  [ -d "$peers/graaljs" ] ||
    mvn -B -q -f "$home/bench/graaljs/pom.xml" dependency:copy-dependencies \
      -DoutputDirectory="$peers/graaljs" >"$peers/graaljs.log" 2>&1 || rm -rf "$peers/graaljs"
}

install_peers
maven -q -pl bench -am -DskipTests package
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$home/bench/target/classes:$home/bench/target/lib/*" \
  dev.runnel.bench.ssr.SsrBench "$home" "$peers" "$@"
