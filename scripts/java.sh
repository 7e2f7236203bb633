# How the JVM is started: `jvm LIB` sets `java` to the command up to the class path. Sourced.
jvm() {
  local lib="$1" jar classpath=""
  for jar in "$lib"/lib/*.jar; do
    classpath="$classpath${classpath:+:}$jar"
  done
  java=(
    "$JAVA_HOME/bin/java"
    -XX:+UseSerialGC -XX:-UsePerfData -XX:MaxRAMPercentage=60
    --enable-native-access=ALL-UNNAMED
    -cp "$classpath"
  )
}
