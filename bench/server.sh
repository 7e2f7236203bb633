#!/usr/bin/env bash
# ./dev bench server [OPTIONS]: ready text beside bare Jetty, Node, Bun and Deno; thousands of open streams; a good app
# beside hogs. React's page is measured by ./dev bench ssr.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"
. "$home/bench/peers.sh"

usage() {
  cat <<'TEXT'
Usage: ./dev bench server [text|streams|neighbours] [OPTIONS]
  --rounds=N     how often each server is measured with each number of connections (default 5)
  --seconds=S    how long each time (default 2)
  --warm-up=S    how long each server is warmed up at most (default 60); it ends before when twelve seconds
                 have brought nothing
  --streams=N    how many streams are open at once (default 10000)
  --chunks=N     how many chunks each of them has, one a second (default 60)
  --engines=A,B  (default quickjs,v8)
TEXT
}

# A good app beside each of eight hogs: the test of that, with its figures as one, that of the worst.
neighbours() {
  printf '\nneighbours: a good app at half of what it can answer alone, 3 s beside each hog\n'
  maven -q -pl cli -am -Dtest=NeighbourTest -Dsurefire.failIfNoSpecifiedTests=false test >"$seen" 2>&1 ||
    { cat "$seen" >&2; return 1; }
  sed -n 's/^.*\(FIGURE neighbour_p99_ratio.*\)/\1/p' "$seen" | awk '
    { printf "  %-14s p99 %s times that of the app alone\n", $4, $3; if ($3 > worst) worst = $3 }
    END { printf "\nFIGURE neighbour_p99_ratio %s\n", worst }'
}

section=
for option in "$@"; do
  case "$option" in
    text | streams | neighbours) section="$option" ;;
    --help) usage >&2; exit 2 ;;
  esac
done
if [ "$section" != neighbours ]; then
  if [ "$(ulimit -n)" -lt 10500 ] && ! ulimit -n "$(ulimit -Hn)"; then
    echo "ulimit -n can't be raised: 10,000 streams need as many open files in both processes." >&2
  fi
  npm_peers
  maven -q -pl bench -am -DskipTests package
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$home/bench/target/classes:$home/bench/target/lib/*" \
    dev.runnel.bench.server.ServerBench "$home" "$peers" "$@"
fi
if [ -z "$section" ] || [ "$section" = neighbours ]; then
  seen="$(mktemp)"
  trap 'rm -f "$seen"' EXIT
  neighbours
fi
