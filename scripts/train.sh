#!/usr/bin/env bash
# Makes LIB/runnel.aot, the JDK's ahead-of-time cache (JEP 514), from a run of the examples.
# Usage: scripts/train.sh LIB EXAMPLES
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
. "$here/jdk.sh"
. "$here/java.sh"
jvm "$1"
# Under another name until it is whole: somebody may be starting meanwhile.
making="$1/runnel.aot.$$"
trap 'rm -f "$making" "$making.config"' EXIT
"${java[@]}" -XX:AOTCacheOutput="$making" dev.runnel.cli.TrainingRun "$2"
mv "$making" "$1/runnel.aot"
