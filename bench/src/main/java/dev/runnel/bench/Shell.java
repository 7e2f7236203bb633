package dev.runnel.bench;

import java.io.IOException;
import java.util.List;

/** Commands that a benchmark needs run first. */
final class Shell {
  private Shell() {}

  /** Runs a command quietly. Returns false when it isn't there or fails. */
  static boolean run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      return builder.start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
