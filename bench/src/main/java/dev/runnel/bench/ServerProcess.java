package dev.runnel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, seen from outside. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double SETTLED_MEGABYTES = 0.5;

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

  /** Requests, all at once, whose answers are read to their end. */
  void requests(int count) throws IOException, InterruptedException {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> request = this::request;
      for (Future<Integer> answer : clients.invokeAll(Collections.nCopies(count, request))) {
        if (answer.get() == 0) {
          throw new IOException("The server closed a connection without an answer.");
        }
      }
    } catch (ExecutionException e) {
      throw new IOException("A request failed.", e.getCause());
    }
  }

  /** The answer's length. */
  private int request() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      return socket.getInputStream().readAllBytes().length;
    }
  }

  /** Collects the server's garbage until its size stays the same. */
  void settle() throws IOException, InterruptedException {
    double before;
    double now = Double.MAX_VALUE;
    do {
      before = now;
      String pid = String.valueOf(process.pid());
      if (!Shell.run(List.of(Machine.tool("jcmd"), pid, "GC.run"))) {
        throw new IOException("jcmd can't make the server collect its garbage.");
      }
      now = megabytes("status", "VmRSS");
    } while (before - now > SETTLED_MEGABYTES);
  }

  static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** A value of /proc/PID/status or /proc/PID/smaps_rollup, in MB. */
  double megabytes(String file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/" + file))) {
      return lines
              .filter(line -> line.startsWith(key + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow(() -> new IOException("There is no " + key + " in " + file))
          / 1024.0;
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
