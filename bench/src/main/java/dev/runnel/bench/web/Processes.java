package dev.runnel.bench.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers that end with the section which started them. */
final class Processes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Process> all = new ArrayList<>();

  static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  /** Returns when the port is open. */
  void start(List<String> command, int port) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    all.add(process);
    long start = System.nanoTime();
    while (!isOpen(port)) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException("A server did not start: " + String.join(" ", command));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean isOpen(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    all.forEach(Process::destroy);
    for (Process process : all) {
      process.waitFor();
    }
  }
}
