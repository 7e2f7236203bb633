package dev.runnel.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The {@link LoadClient}'s process. It lives as long as the benchmark, so it is warm. */
public final class LoadProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;

  private LoadProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.orders = new PrintStream(process.getOutputStream(), true, UTF_8);
  }

  public static LoadProcess start(List<String> java) throws IOException {
    List<String> command = new ArrayList<>(java);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LoadClient.class.getName()));
    return new LoadProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public Load run(int port, int connections, double seconds, String path) throws IOException {
    orders.printf("%d %d %d %s%n", port, connections, Math.round(seconds * 1000), path);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("The load generator has ended; its error is above.");
    }
    return Load.ofLine(answer);
  }

  @Override
  public void close() {
    orders.close();
    process.destroy();
  }
}
