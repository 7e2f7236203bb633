#!/usr/bin/env bash
# ./dev bench ssr [OPTIONS]: servers that stream a React page, Runnel on both engines beside its peers. --help lists
# the options.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"
. "$home/bench/peers.sh"

npm_peers
[ -d "$peers/graaljs" ] ||
  mvn -B -q -f "$home/bench/graaljs/pom.xml" dependency:copy-dependencies \
    -DoutputDirectory="$peers/graaljs" >"$peers/graaljs.log" 2>&1 || rm -rf "$peers/graaljs"
maven -q -pl bench -am -DskipTests package
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$home/bench/target/classes:$home/bench/target/lib/*" \
  dev.runnel.bench.ssr.SsrBench "$home" "$peers" "$@"
