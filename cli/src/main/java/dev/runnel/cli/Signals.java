package dev.runnel.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * SIGINT, SIGTERM and SIGHUP, heard without ending the process.
 *
 * <p>{@code sun.misc.Signal} is the one way the JDK has to hear a signal and go on.
 */
final class Signals implements AutoCloseable {

  /**
   * A signal that the process ends with when nobody handles it.
   *
   * @param exitCode as shells expect
   * @param served that of a server which has answered what it had taken
   */
  record Signal(String name, int exitCode, int served) {}

  /** Asks servers to read their files again. */
  static final String RELOAD = "SIGHUP";

  private static final List<Signal> HEARD =
      List.of(
          new Signal("SIGINT", 130, 130),
          new Signal("SIGTERM", 143, 0),
          new Signal(RELOAD, 129, 129));

  private Signals() {}

  static Signals handledBy(Consumer<Signal> listener) {
    Signals signals = new Signals();
    for (Signal signal : HEARD) {
      sun.misc.Signal.handle(
          new sun.misc.Signal(signal.name().substring(3)), _ -> listener.accept(signal));
    }
    return signals;
  }

  @Override
  public void close() {
    for (Signal signal : HEARD) {
      sun.misc.Signal.handle(
          new sun.misc.Signal(signal.name().substring(3)), sun.misc.SignalHandler.SIG_DFL);
    }
  }
}
