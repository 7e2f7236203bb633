# Sets JAVA_HOME to a JDK 25 or newer. Sourced by ./dev, ./runnel and .ci/run.
jdk_version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

find_jdk() {
  local candidate
  for candidate in "${RUNNEL_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/java" ]; then
      local version
      version=$(jdk_version "$candidate")
      if [ -n "$version" ] && [ "$version" -ge 25 ]; then
        echo "$candidate"
        return
      fi
    fi
  done
}

JAVA_HOME=$(find_jdk)
if [ -z "$JAVA_HOME" ]; then
  echo "Runnel needs a JDK 25 or newer; none was found. Install one, or set RUNNEL_JAVA_HOME to its folder." >&2
  exit 1
fi
export JAVA_HOME
