# What ./runnel and ./dev share: is the build up to date, and the steps that bring it there.
# Sourced with `home` set to the checkout and JAVA_HOME to a JDK 25.
out="$home/target/runnel"
stamp="$out/built"

# Maven itself runs on the JDK 25; its own libraries' warnings are of no use to anybody here.
maven() {
  MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
    mvn -B -ntp -Dstyle.color=never -f "$home/pom.xml" "$@"
}

need() {
  if ! command -v "$1" >/dev/null; then
    echo "Building Runnel needs $2, and \`$1\` was not found." >&2
    exit 1
  fi
}

# Everything the launcher runs is younger than every source. A folder's time changes when a file in
# it comes or goes, so folders count too, but not the examples': what is built or kept there changes them.
is_built() {
  [ -f "$stamp" ] && [ -z "$(sources -newer "$stamp" -print -quit)" ]
}

sources() {
  local module folders=()
  for module in wasm-translator codec engine engine-quickjs engine-v8 runtime portable wasi store server image cli; do
    folders+=("$home/$module/src/main" "$home/$module/pom.xml")
  done
  find "${folders[@]}" "$home/runtime/build.mjs" "$home/portable/build.mjs" "$home/codec/unpack-zstd.mjs" "$home/examples" "$home/scripts" "$home/pom.xml" \
    "$home/package-lock.json" \( -name dist -o -name target -o -name node_modules -o -name .runnel \) -prune \
    -o ! \( -type d -path "$home/examples/*" \) "$@"
}

npm_packages() {
  need npm "Node.js 20 or newer"
  "$home/scripts/npm-ci.sh"
}

# Jars, examples and the JDK's AOT cache, under target/runnel.
build() {
  need mvn "Maven 3.8 or newer"
  npm_packages
  maven -q -pl cli -am -DskipTests package
  node "$home/examples/build.mjs"
  assemble
  train "$out"
  touch "$stamp"
}

# Jars have to be the same files, in the same order, for the AOT cache to fit.
assemble() {
  rm -rf "$out"
  mkdir -p "$out/lib"
  cp "$home"/cli/target/lib/*.jar "$out/lib/"
}

# Runs the examples once and keeps what the JVM learned. A cache that cannot be made costs start-up
# time only.
train() {
  if ! "$home/scripts/train.sh" "$1" "$home/examples" >"$home/target/train.log" 2>&1; then
    echo "No AOT cache was made, so Runnel starts slower; target/train.log tells why." >&2
  fi
}

# One build at a time; whoever waited finds it done.
build_if_needed() {
  is_built && return
  mkdir -p "$home/target"
  if command -v flock >/dev/null; then
    exec 9>"$home/target/build.lock"
    flock 9
    is_built && return
  fi
  echo "Building Runnel; this takes some minutes the first time." >&2
  build >&2
  exec 9>&-
}
