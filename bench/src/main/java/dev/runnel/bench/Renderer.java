package dev.runnel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The Java side of a {@link Peer}: an engine in which the page is loaded. */
abstract class Renderer {

  abstract String version();

  abstract String render(String seed);

  final void serve() throws IOException {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream answers = new PrintStream(System.out, true, UTF_8);
    answers.println("ready " + version());
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] order = line.split(" ");
      answers.println(renderAll(order[0], Integer.parseInt(order[1])));
    }
  }

  private String renderAll(String seed, int count) throws IOException {
    String first = "";
    long cpu = cpuNanoseconds();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      String html = render(seed + "-" + i);
      first = i == 0 ? html : first;
    }
    long nanoseconds = System.nanoTime() - start;
    return "%d %d %s".formatted(nanoseconds, cpuNanoseconds() - cpu, json(first));
  }

  private static long cpuNanoseconds() throws IOException {
    return Long.parseLong(Files.readString(Path.of("/proc/thread-self/schedstat")).split(" ")[0]);
  }

  /** As JSON.stringify writes it, for text without control characters and lone surrogates. */
  private static String json(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String page() throws IOException {
    return new String(resource("page.js"), UTF_8);
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = Renderer.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
