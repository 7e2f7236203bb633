#!/usr/bin/env bash
# ./dev soak [--seconds=600] [--engine=quickjs] [--crash=throw|isolate]: a server at 70 % load for ten minutes, of whose
# requests 1 % are abandoned and 0.1 % fail; what its memory does. With --crash=isolate those end their isolates.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"

maven -q -pl bench -am -DskipTests package
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$home/bench/target/classes:$home/bench/target/lib/*" \
  dev.runnel.bench.server.Soak "$home" "$@"
