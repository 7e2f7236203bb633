#!/usr/bin/env bash
# ./dev bench image: how large images of a React page that streams are, and how long it takes to pack one. The wasm kind
# is made of examples/react-worker, since a portable file has no node:crypto; the others of examples/react-ssr-stream.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
rounds=5
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export RUNNEL_IMAGES="$work/images" XDG_CACHE_HOME="$work/cache"
app="$home/examples/react-ssr-stream"

runnel() { "$home/runnel" "$@"; }
now() { echo $(($(date +%s%N) / 1000000)); }
median() { sort -n | sed -n "$(((rounds + 1) / 2))p"; }

# The layers, unpacked.
raw_bytes() {
  local layer
  skopeo copy -q --insecure-policy "oci:$RUNNEL_IMAGES:$1:latest" "dir:$work/$1"
  for layer in $(sed 's/"layers"/\n&/' "$work/$1/manifest.json" | tail -1 | grep -o 'sha256:[0-9a-f]*' | cut -d: -f2); do
    gzip -dc "$work/$1/$layer"
  done | wc -c
}

bytes() { runnel inspect "$1" | sed -n 's/^  "size": \([0-9]*\),$/\1/p'; }

runnel pack "$app" --no-build -t shop >/dev/null
echo "The app image of examples/react-ssr-stream has $(bytes shop) bytes as it travels."
if command -v skopeo >/dev/null; then
  echo "Unpacked it has $(raw_bytes shop) bytes."
else
  echo "skopeo is not installed, so it isn't told what it has unpacked."
fi

for ((i = 0; i < rounds; i++)); do
  from=$(now)
  runnel pack "$app" --no-build -t shop >/dev/null
  echo $(($(now) - from)) >>"$work/pack"
  from=$(now)
  runnel pack "$app" -t shop-built >/dev/null
  echo $(($(now) - from)) >>"$work/build-and-pack"
done
echo "Packing it takes $(median <"$work/pack") ms, with building it $(median <"$work/build-and-pack") ms: the whole command, median of $rounds."

runnel compile "$home/examples/react-worker" -o "$work/app.wasm"
wasm_raw=$(wc -c <"$work/app.wasm")
wasm_gzip=$(gzip -9nc "$work/app.wasm" | wc -c)
echo "As one WebAssembly file examples/react-worker has $wasm_raw bytes, packed $wasm_gzip."

from=$(now)
runnel pack "$app" --no-build --target jvm -t shop-jvm >/dev/null
first=$(($(now) - from))
from=$(now)
runnel pack "$app" --no-build --target jvm -t shop-jvm >/dev/null
echo "The jvm image has $(bytes shop-jvm) bytes as it travels. The first takes $first ms to make, further ones $(($(now) - from)) ms."

echo "FIGURE app_image_bytes $(bytes shop)"
echo "FIGURE pack_ms $(median <"$work/pack")"
echo "FIGURE wasm_raw_bytes $wasm_raw"
echo "FIGURE wasm_gzip_bytes $wasm_gzip"
echo "FIGURE jvm_image_gzip_bytes $(bytes shop-jvm)"
