package dev.runnel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, seen from outside. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Clients that leave after the first byte make a server complain; that is nobody's business. */
  private static final Path LOG =
      Path.of(System.getProperty("java.io.tmpdir"), "runnel-bench-server.log");

  private final Process process;
  private final InetSocketAddress address;
  private final long started;

  private ServerProcess(Process process, InetSocketAddress address, long started) {
    this.process = process;
    this.address = address;
    this.started = started;
  }

  static ServerProcess start(List<String> command, Map<String, String> environment, int port)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.to(LOG.toFile()));
    long now = System.nanoTime();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new ServerProcess(builder.start(), address, now);
  }

  /** Milliseconds from the start of the process to the first byte of a body. */
  double millisecondsToFirstByte() throws IOException, InterruptedException {
    while (System.nanoTime() - started < PATIENCE.toNanos()) {
      if (!process.isAlive()) {
        throw new IOException(
            "The server ended with exit code %d: %s"
                .formatted(process.exitValue(), Files.readString(LOG)));
      }
      try {
        readFirstByte();
        return (System.nanoTime() - started) / 1e6;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    throw new IOException("The server did not answer.");
  }

  private void readFirstByte() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(ISO_8859_1));
      InputStream in = socket.getInputStream();
      StringBuilder seen = new StringBuilder();
      while (seen.indexOf("\r\n\r\n") < 0 || seen.indexOf("<") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("The answer ended early.");
        }
        seen.append((char) next);
      }
    }
  }

  /** Reads a whole answer, so that nothing is left to do. */
  void request() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
  }

  /** A value of /proc/PID/status or /proc/PID/smaps_rollup, in MB. */
  double megabytes(String file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + server().pid() + "/" + file))) {
      return lines
              .filter(line -> line.startsWith(key + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow(() -> new IOException("There is no " + key + " in " + file))
          / 1024.0;
    }
  }

  private ProcessHandle server() {
    return process.toHandle();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
