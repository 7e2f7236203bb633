#!/usr/bin/env bash
# ./dev bench web [operations|passthrough|suspended]…: the Web platform's APIs beside Node's, Bun's and Deno's, and
# requests that are passed on beside Jetty's proxy.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"
. "$home/bench/peers.sh"

npm_peers
build_if_needed
maven -q -pl bench -am -DskipTests package
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$home/bench/target/classes:$home/bench/target/lib/*" \
  dev.runnel.bench.web.WebBench "$home" "$peers" "$@"
