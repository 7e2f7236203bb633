#!/usr/bin/env bash
# Makes LIB/runnel.aot, the JDK's ahead-of-time cache (JEP 514), from a run of the examples.
# Usage: scripts/train.sh LIB EXAMPLES
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
. "$here/jdk.sh"
. "$here/java.sh"
jvm "$1"
rm -f "$1/runnel.aot"
"${java[@]}" -XX:AOTCacheOutput="$1/runnel.aot" dev.runnel.cli.TrainingRun "$2"
