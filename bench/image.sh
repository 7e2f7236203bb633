#!/usr/bin/env bash
# ./dev bench image: how large images of a React page that streams are, how long it takes to pack one, and how long to
# start one. The wasm kind is made of examples/react-worker, whose React is that for workers; the others of
# examples/react-ssr-stream.
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

runnel build "$home/examples/react-worker" --minify -o "$work/react-worker" >/dev/null
runnel compile "$work/react-worker" -o "$work/app.wasm"
runnel compile "$work/react-worker" --evaluate=start -o "$work/cold.wasm"
wasm_raw=$(wc -c <"$work/app.wasm")
wasm_gzip=$(gzip -9nc "$work/app.wasm" | wc -c)
echo "As one WebAssembly file examples/react-worker, minified, has $wasm_raw bytes, packed $wasm_gzip."

from=$(now)
runnel pack "$app" --no-build --target jvm -t shop-jvm >/dev/null
first=$(($(now) - from))
from=$(now)
runnel pack "$app" --no-build --target jvm -t shop-jvm >/dev/null
echo "The jvm image has $(bytes shop-jvm) bytes as it travels. The first takes $first ms to make, further ones $(($(now) - from)) ms."

for locales in en en,de,fr,es,ja; do
  runnel pack "$app" --no-build --target jvm --locales "$locales" -t shop-few >/dev/null
  echo "With --locales $locales it has $(bytes shop-few)."
done

podman() {
  command podman --root="$work/podman/root" --runroot="$work/podman/run" --storage-driver=vfs --runtime=runc "$@"
}

# From the start of the container to the first byte that it sends.
jvm_start() {
  local port=$((20000 + RANDOM % 10000)) from
  podman create -q --name shop --read-only --cap-drop=all --env=RUNNEL_OPTIONS="-p $port:8001" localhost/shop-jvm >/dev/null
  from=$(now)
  podman start shop >/dev/null
  until first_byte "$port" 2>/dev/null; do sleep 0.005; done
  echo $(($(now) - from))
  podman rm -f -t 0 shop >/dev/null
}

first_byte() (
  exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n' >&3 && [ -n "$(head -c 1 <&3)" ]
)

if [ "$(id -u)" -eq 0 ] && command -v podman >/dev/null && command -v runc >/dev/null; then
  mkdir "$work/podman"
  printf '[containers]\ndefault_ulimits=["nofile=4096:4096","nproc=4096:4096"]\nnetns="host"\n[engine]\ncgroup_manager="cgroupfs"\n' \
    >"$work/podman/containers.conf"
  export CONTAINERS_CONF="$work/podman/containers.conf"
  runnel save shop-jvm -o "$work/shop-jvm.tar"
  podman load -q -i "$work/shop-jvm.tar" >/dev/null
  for ((i = 0; i < rounds; i++)); do jvm_start >>"$work/jvm-start"; done
  podman rmi -f localhost/shop-jvm >/dev/null
  echo "FIGURE jvm_start_ms $(median <"$work/jvm-start")" >>"$work/figures"
else
  echo "podman and runc are not here for root, so the start of a container isn't measured."
fi

. "$home/scripts/jdk.sh"
. "$home/scripts/build.sh"
maven -q -pl bench -am -DskipTests package
bench() {
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC \
    -cp "$home/bench/target/classes:$home/bench/target/lib/*" "$@"
}
echo "From the start of the WebAssembly file to the first byte of its page:"
PYTHONPATH="$home/target/wasmtime" bench dev.runnel.bench.PortableStart \
  "$home/portable/src/test/hosts" "$work/app.wasm" "$work/cold.wasm"
echo "A new isolate of an app image on a host that has run it:"
bench dev.runnel.bench.EngineBench "$home" isolates >"$work/isolates"
grep '^  start' "$work/isolates"

echo "FIGURE app_image_bytes $(bytes shop)"
echo "FIGURE pack_ms $(median <"$work/pack")"
echo "FIGURE wasm_raw_bytes $wasm_raw"
echo "FIGURE wasm_gzip_bytes $wasm_gzip"
echo "FIGURE jvm_image_gzip_bytes $(bytes shop-jvm)"
echo "FIGURE app_start_ms $(sed -n 's/^FIGURE isolate_start_ms //p' "$work/isolates")"
[ ! -f "$work/figures" ] || cat "$work/figures"
