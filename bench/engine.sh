#!/usr/bin/env bash
# ./dev bench engine [renders|isolates|stops|starts|memory]…: figures of the engine beside its peers.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"
maven -q -pl bench -am -DskipTests package
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC \
  -cp "$home/bench/target/classes:$home/bench/target/lib/*" dev.runnel.bench.EngineBench "$home" "$@"
