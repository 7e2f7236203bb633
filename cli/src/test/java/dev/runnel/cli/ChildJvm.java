package dev.runnel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, with this test's class path: exit codes and signals are real. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;

  private ChildJvm(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    out = textOf(process.getInputStream());
    err = textOf(process.getErrorStream());
  }

  /** Starts {@code runnel} with these arguments. */
  static ChildJvm runnel(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(Main.class.getName()));
    all.addAll(Arrays.asList(arguments));
    return new ChildJvm(all);
  }

  /** Runs {@code java} to its end. */
  static Outcome java(String... arguments) throws Exception {
    try (ChildJvm child = new ChildJvm(Arrays.asList(arguments))) {
      return child.outcome();
    }
  }

  private static CompletableFuture<String> textOf(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  Outcome outcome() throws Exception {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("The process has not ended within a minute.");
    }
    return new Outcome(process.exitValue(), out.get(), err.get());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
