package dev.runnel.runtime.worker;

import dev.runnel.runtime.host.web.ConsoleHost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Prints a program's console messages as they are, on its standard streams. */
final class ConsoleOutput implements ConsoleHost.Sink {
  private final WorkerOptions.Output output;

  ConsoleOutput(WorkerOptions.Output output) {
    this.output = output;
  }

  @Override
  public void log(ConsoleHost.Level level, String text) {
    OutputStream stream = level.isError() ? output.err() : output.out();
    try {
      stream.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      // A closed pipe is no failure of the program that logs into it.
    }
  }
}
