package dev.runnel.bench.race;

import dev.runnel.bench.Machine;
import dev.runnel.bench.load.Load;
import dev.runnel.bench.load.LoadProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A contender that runs, with the processes that it started. */
public final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As the kernel counts in /proc: USER_HZ. */
  private static final double MILLIS_PER_TICK = 10;

  private static final int USER_TICKS = 13;
  private static final int SYSTEM_TICKS = 14;

  private final Contender contender;
  private final int port;
  private final Path log;
  private final List<Process> processes = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningServer(Contender contender, int port, Path log) {
    this.contender = contender;
    this.port = port;
    this.log = log;
  }

  /** Returns when it answers that path. */
  public static RunningServer start(Contender contender, int port, String path, Path logs)
      throws IOException, InterruptedException {
    Path log = logs.resolve(contender.name() + ".log");
    RunningServer server = new RunningServer(contender, port, log);
    for (int i = 0; i < contender.processes(); i++) {
      server.startProcess();
    }
    server.awaitAnswer(path);
    return server;
  }

  private void startProcess() throws IOException {
    ProcessBuilder builder = contender.process(port);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    processes.add(builder.start());
  }

  private void awaitAnswer(String path) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      try {
        digest(path);
        return;
      } catch (IOException notYet) {
        if (processes.stream().noneMatch(Process::isAlive)) {
          throw new IOException(
              "%s has ended: %s".formatted(contender.name(), Files.readString(log)));
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IOException("%s does not answer.".formatted(contender.name()));
  }

  public Contender contender() {
    return contender;
  }

  public int port() {
    return port;
  }

  /** What a period of load shows of it. */
  public Turn turn(LoadProcess client, int connections, double seconds, String path)
      throws IOException {
    double before = cpuMillis();
    Load load = client.run(port, connections, seconds, path);
    double cpu = cpuMillis() - before;
    return new Turn(load, cpu / load.requests(), proportionalMegabytes());
  }

  /** SHA-256 of the whole body. */
  public String digest(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(PATIENCE)
            .build();
    byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  /** Processor time that it has used since its start, in milliseconds: user and system. */
  public double cpuMillis() throws IOException {
    double ticks = 0;
    for (long pid : pids()) {
      // The second field, a name in parentheses, may hold spaces.
      String stat = read(pid, "stat");
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      ticks += Long.parseLong(fields[USER_TICKS - 2]) + Long.parseLong(fields[SYSTEM_TICKS - 2]);
    }
    return ticks * MILLIS_PER_TICK;
  }

  /** Of a server that is a JVM. */
  public void collectGarbage() throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                Machine.tool("jcmd"), Long.toString(processes.getFirst().pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (asked.waitFor() != 0) {
      throw new IOException("jcmd can't make the server collect its garbage.");
    }
  }

  /** Memory in MB; what several processes share is counted once. */
  public double proportionalMegabytes() throws IOException {
    long kilobytes = 0;
    for (long pid : pids()) {
      kilobytes +=
          read(pid, "smaps_rollup")
              .lines()
              .filter(line -> line.startsWith("Pss:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum();
    }
    return kilobytes / 1024.0;
  }

  private List<Long> pids() {
    return processes.stream()
        .map(Process::toHandle)
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(ProcessHandle::pid)
        .toList();
  }

  private String read(long pid, String file) throws IOException {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/" + file));
    } catch (NoSuchFileException e) {
      throw new IOException("A process of %s has ended.".formatted(contender.name()), e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> all =
        processes.stream().flatMap(process -> process.toHandle().descendants()).toList();
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      process.waitFor();
    }
    all.forEach(ProcessHandle::destroy);
  }
}
