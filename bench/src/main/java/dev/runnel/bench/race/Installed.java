package dev.runnel.bench.race;

import java.io.IOException;
import java.util.Optional;

/** Which version of a peer there is. */
public final class Installed {
  private Installed() {}

  /**
   * The first line that {@code COMMAND --version} says; empty when it can't be started or fails.
   */
  public static Optional<String> version(String command) throws InterruptedException {
    try {
      Process asked = new ProcessBuilder(command, "--version").start();
      String said = asked.inputReader().readLine();
      return asked.waitFor() == 0 ? Optional.ofNullable(said) : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }
}
