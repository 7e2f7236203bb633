package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A runtime of WASI commands that a portable file has to run on. */
interface WasiHost {

  /**
   * @param input what standard input begins with
   * @param inputEnds whether that is all of it; else the rest goes to {@link Running#input}
   * @param folders of this machine, by what the program sees
   */
  record Invocation(
      List<String> arguments,
      Map<String, String> environment,
      String input,
      boolean inputEnds,
      Map<String, Path> folders) {
    static Invocation of(String... arguments) {
      return new Invocation(List.of(arguments), Map.of(), "", true, Map.of());
    }

    Invocation withEnvironment(Map<String, String> changed) {
      return new Invocation(arguments, changed, input, inputEnds, folders);
    }

    Invocation withInput(String changed) {
      return new Invocation(arguments, environment, changed, true, folders);
    }

    Invocation withBeginningOfInput(String changed) {
      return new Invocation(arguments, environment, changed, false, folders);
    }

    Invocation withFolders(Map<String, Path> changed) {
      return new Invocation(arguments, environment, input, inputEnds, changed);
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

    /** The rest of what it reads. */
    OutputStream input();

    /** Waits for its end. */
    String errors() throws IOException, InterruptedException;

    /** Waits for its end. */
    int exitCode() throws InterruptedException;
  }

  /** A command that is over. */
  record Ended(String output, String errors, int exitCode) {}
}
