# The benchmarks' peers, installed under target/peers once; delete that folder for newer ones. Sourced with `home` set.
peers="$home/target/peers"

# One by one: what can't be had is named by the benchmark, and doesn't keep the others away.
npm_peers() {
  mkdir -p "$peers"
  local name
  for name in node bun deno; do
    [ -x "$peers/node_modules/.bin/$name" ] ||
      npm install --prefix "$peers" --no-audit --no-fund --loglevel=error "$name@latest" >"$peers/$name.log" 2>&1 || true
  done
}
