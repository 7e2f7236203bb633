package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A runtime of WASI commands that a portable file has to run on. */
interface WasiHost {

  /**
   * @param input what standard input holds
   * @param folders of this machine, by what the program sees
   */
  record Invocation(
      List<String> arguments,
      Map<String, String> environment,
      String input,
      Map<String, Path> folders) {
    static Invocation of(String... arguments) {
      return new Invocation(List.of(arguments), Map.of(), "", Map.of());
    }

    Invocation withEnvironment(Map<String, String> changed) {
      return new Invocation(arguments, changed, input, folders);
    }

    Invocation withInput(String changed) {
      return new Invocation(arguments, environment, changed, folders);
    }

    Invocation withFolders(Map<String, Path> changed) {
      return new Invocation(arguments, environment, input, changed);
    }
  }

  /** Starts a command; whoever reads its output sees it as it is written. */
  Running start(Path file, Invocation invocation) throws IOException;

  default Ended run(Path file, Invocation invocation) throws IOException, InterruptedException {
    Running running = start(file, invocation);
    String output = new String(running.output().readAllBytes(), UTF_8);
    return new Ended(output, running.errors(), running.exitCode());
  }

  /** A command at work. */
  interface Running {
    InputStream output();

    /** Waits for its end. */
    String errors() throws IOException, InterruptedException;

    /** Waits for its end. */
    int exitCode() throws InterruptedException;
  }

  /** A command that is over. */
  record Ended(String output, String errors, int exitCode) {}
}
