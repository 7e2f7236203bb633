package dev.runnel.bench.server;

import dev.runnel.bench.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client in a process of its own, which says one line at its end. */
final class ClientProcess implements AutoCloseable {
  private final Process process;

  private ClientProcess(Process process) {
    this.process = process;
  }

  static ClientProcess start(Class<?> main, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(Machine.java());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return new ClientProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Its line's words. */
  String[] said() throws IOException, InterruptedException {
    String line = process.inputReader().readLine();
    if (process.waitFor() != 0 || line == null) {
      throw new IOException("A client has ended; its error is above.");
    }
    return line.split(" ");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
