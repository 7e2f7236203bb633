package dev.runnel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the numbers were measured on. */
public final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  public static void describe() throws IOException {
    System.out.printf(
        "%s, %d processors (%s), Java %s%n",
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        processor(),
        Runtime.version());
  }

  private static String processor() throws IOException {
    if (!Files.exists(PROCESSORS)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*: ", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  /** The java command of this process, with the garbage collector that production runs with. */
  public static List<String> java() {
    return List.of(tool("java"), "-XX:+UseSerialGC");
  }

  /** A program of the JDK that runs this. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
