# How the JVM is started: `jvm LIB` sets `java` to the command up to the class path. Sourced.
jvm() {
  local lib="$1" jar classpath=""
  for jar in "$lib"/lib/*.jar; do
    classpath="$classpath${classpath:+:}$jar"
  done
  # Small containers: the young generation is a seventh of the heap, a collection leaves less of the
  # old one free than by default, and what the compilers' threads have freed goes back to the system.
  java=(
    "$JAVA_HOME/bin/java"
    -XX:+UseSerialGC -XX:-UsePerfData -XX:MaxRAMPercentage=60
    -XX:NewRatio=6 -XX:NewSize=12m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20
    -XX:TrimNativeHeapInterval=5000
    --enable-native-access=ALL-UNNAMED
    -cp "$classpath"
  )
}
