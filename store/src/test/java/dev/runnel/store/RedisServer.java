package dev.runnel.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's redis-server on a free port of the loopback interface, which keeps nothing. */
final class RedisServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
  }

  static RedisServer start(Path folder) throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                List.of(
                    "redis-server",
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "--save",
                    "",
                    "--dir",
                    folder.toString()))
            .redirectErrorStream(true)
            .start();
    awaitReady(process);
    return new RedisServer(process, port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(Process process) throws IOException {
    BufferedReader log = process.inputReader();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains("Ready to accept connections")) {
        Thread.ofPlatform().daemon().start(() -> readOn(log));
        return;
      }
    }
    throw new IOException("redis-server ended before it was ready.");
  }

  /** Nobody reads it, but a full pipe would stop the server. */
  private static void readOn(BufferedReader log) {
    try {
      while (log.readLine() != null) {
        // On to the next.
      }
    } catch (IOException e) {
      // The server has ended.
    }
  }

  URI url() {
    return URI.create("redis://127.0.0.1:" + port + "/0");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
