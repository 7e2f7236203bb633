package dev.runnel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * A process that renders the benchmark's page when told to. It says {@code ready VERSION} first.
 * Then each line {@code SEED COUNT} that it gets is answered by {@code NANOSECONDS CPU HTML}: how
 * long COUNT renders took, with seeds SEED-0, SEED-1, …, how much of that the thread had a
 * processor (in nanoseconds, from /proc/thread-self/schedstat), and the first page as a JSON
 * string.
 */
final class Peer implements AutoCloseable {

  /** One answer of a peer. */
  record Rendered(int count, long nanoseconds, long cpuNanoseconds, String firstHtml) {
    double perSecond() {
      return count * 1e9 / nanoseconds;
    }

    /** Independent of what else the machine does; leaves out what other threads of a peer did. */
    double perCpuSecond() {
      return count * 1e9 / cpuNanoseconds;
    }
  }

  private final String name;
  private final String version;
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;

  private Peer(String name, Process process) throws IOException {
    this.name = name;
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.orders = new PrintStream(process.getOutputStream(), true, UTF_8);
    this.version = answer().replaceFirst("^ready ", "");
  }

  static Peer start(String name, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Peer(name, builder.start());
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  Rendered render(String seed, int count) throws IOException {
    orders.printf("%s %d%n", seed, count);
    String[] answer = answer().split(" ", 3);
    return new Rendered(count, Long.parseLong(answer[0]), Long.parseLong(answer[1]), answer[2]);
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("The peer \"%s\" has ended. A figure needs it.".formatted(name));
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    orders.close();
    process.destroy();
  }
}
