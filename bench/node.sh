#!/usr/bin/env bash
# ./dev bench node [ROUNDS [MEGABYTES]]: programs written for Node beside Node itself, on both engines. Whole processes
# from start to end of a script, an express app that answers one request, and a 5 MB bundle; work on Buffers, and a file
# (256 MB) piped to a file. The peers take turns in each round; figures are medians, and ratios to Node's newest.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
rounds="${1:-9}"
megabytes="${2:-256}"
. "$home/bench/peers.sh"
npm_peers
work="$(mktemp -d -p "$home/target")"
trap 'rm -rf "$work"' EXIT

cp "$home"/bench/node/*.cjs "$work/"
node "$home/bench/node/bundle.mjs" "$work/bundle.cjs" 5
head -c "$((megabytes << 20))" /dev/zero >"$work/source.bin"

newest="$peers/node_modules/.bin/node"
[ -x "$newest" ] || newest="$(command -v node)"
echo "Node is $("$newest" --version)."

# Relative paths are below the folder that the peer runs in.
node_newest() { "$newest" "$@"; }
quickjs() { "$home/runnel" run --engine quickjs --dir "$work:$work" "$@"; }
v8() { "$home/runnel" run --engine v8 --dir "$work:$work" "$@"; }
all=(node_newest quickjs v8)

now() { echo $(($(date +%s%N) / 1000000)); }
median() { sort -n | sed -n "$(((rounds + 1) / 2))p"; }
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

# What a program prints has to be the same everywhere, or its time says nothing.
start() {
  local name="$1" expected="$2" peer from printed
  for ((i = 0; i < rounds; i++)); do
    for peer in "${all[@]}"; do
      from=$(now)
      printed="$(cd "$work" && "$peer" "$work/$name.cjs")"
      echo $(($(now) - from)) >>"$work/start_$name.$peer"
      if [ "$printed" != "$expected" ]; then
        echo "$name printed \"$printed\" on $peer." >&2
        exit 1
      fi
    done
  done
}

# Lines "NAME MEGABYTES_A_SECOND", one file of them for each name and peer.
throughput() {
  local peer
  for ((i = 0; i < rounds; i++)); do
    for peer in "${all[@]}"; do
      (cd "$work" && "$peer" "$@") | while read -r name speed; do echo "$speed" >>"$work/$name.$peer"; done
      rm -f "$work/copy.bin"
    done
  done
}

start hello hello
start express '{"hello":"you"}'
start bundle true
throughput "$work/buffers.cjs"
throughput "$work/pipe.cjs" "$work/source.bin" "$work/copy.bin"

# tell UNIT NAME: what each peer has, and the ratio to Node.
tell() {
  local unit="$1" name="$2" base peer value
  base="$(median <"$work/$name.node_newest")"
  printf '%-20s Node %s %s' "$name" "$base" "$unit"
  for peer in quickjs v8; do
    value="$(median <"$work/$name.$peer")"
    printf ', %s %s (%s times)' "$peer" "$value" "$(ratio "$value" "$base")"
    echo "FIGURE ${peer}_vs_node_$name $(ratio "$value" "$base")" >>"$work/figures"
  done
  echo "."
  echo "FIGURE node_$name $base" >>"$work/figures"
}

for name in start_hello start_express start_bundle; do tell ms "$name"; done
for file in "$work"/buffer_*.node_newest; do tell MB/s "$(basename "$file" .node_newest)"; done
tell MB/s pipe
cat "$work/figures"
