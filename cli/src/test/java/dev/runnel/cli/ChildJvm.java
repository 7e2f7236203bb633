package dev.runnel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, with this test's class path: exit codes and signals are real. */
final class ChildJvm implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Text out;
  private final Text err;

  private ChildJvm(List<String> arguments) throws IOException {
    this(Path.of(""), arguments);
  }

  private ChildJvm(Path folder, List<String> arguments) throws IOException {
    this(List.of(), folder, arguments);
  }

  private ChildJvm(List<String> wrapper, Path folder, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    process = new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).start();
    process.getOutputStream().close();
    out = new Text(process.getInputStream());
    err = new Text(process.getErrorStream());
  }

  /** Starts {@code runnel} with these arguments. */
  static ChildJvm runnel(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(Main.class.getName()));
    all.addAll(Arrays.asList(arguments));
    return new ChildJvm(all);
  }

  /** Starts {@code runnel} with these arguments in a folder. */
  static ChildJvm runnelFrom(Path folder, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(Main.class.getName()));
    all.addAll(Arrays.asList(arguments));
    return new ChildJvm(folder, all);
  }

  /** Starts {@code runnel} with these arguments, on a JVM with these options. */
  static ChildJvm runnelIn(String[] options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.add(Main.class.getName());
    all.addAll(Arrays.asList(arguments));
    return new ChildJvm(all);
  }

  /** Starts {@code java} by another command, such as one that fakes the clock. */
  static ChildJvm by(List<String> wrapper, String... arguments) throws IOException {
    return new ChildJvm(wrapper, Path.of(""), Arrays.asList(arguments));
  }

  /** Runs {@code java} to its end. */
  static Outcome java(String... arguments) throws Exception {
    try (ChildJvm child = new ChildJvm(Arrays.asList(arguments))) {
      return child.outcome();
    }
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  String outLineWith(String text) throws InterruptedException {
    return out.lineWith(text);
  }

  String errLineWith(String text) throws InterruptedException {
    return err.lineWith(text);
  }

  Outcome outcome() throws InterruptedException {
    return outcome(Duration.ofSeconds(PATIENCE_SECONDS));
  }

  Outcome outcome(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new AssertionError(
          "It has not ended within %s; it said: %s".formatted(patience, out) + err);
    }
    out.reader.join();
    err.reader.join();
    return new Outcome(process.exitValue(), out.toString(), err.toString());
  }

  /** The most bytes that the process has held in memory so far. */
  long peakMemory() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    String line =
        Files.readAllLines(status).stream()
            .filter(row -> row.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What has come out of a stream so far. */
  private static final class Text {
    private final StringBuilder lines = new StringBuilder();
    private final Thread reader;

    /** A virtual thread would keep the others from running while it waits in a pipe. */
    Text(InputStream stream) {
      reader = Thread.ofPlatform().daemon().start(() -> read(stream));
    }

    private void read(InputStream stream) {
      try (BufferedReader text =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("The stream broke off: " + e.getMessage()); // As it does when the process is killed.
      }
    }

    private synchronized void add(String line) {
      lines.append(line).append('\n');
      notifyAll();
    }

    /** Waits for a line that contains the text. */
    synchronized String lineWith(String text) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (lines.indexOf(text) < 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("\"%s\" has not been said, but: %s".formatted(text, lines));
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return lines.toString().lines().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    @Override
    public synchronized String toString() {
      return lines.toString();
    }
  }
}
