package dev.runnel.cli;

import dev.runnel.cli.OptionValues.PortMapping;
import dev.runnel.runtime.worker.WorkerOptions;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.regex.MatchResult;

/**
 * Does once what most starts do, for the JDK to keep in its AOT cache: a script, and a server that
 * streams a page. {@code scripts/train.sh} runs it with {@code -XX:AOTCacheOutput}.
 */
final class TrainingRun {
  private static final int SERVED_AT = 8001;

  private TrainingRun() {}

  /** Takes the folder of examples. */
  public static void main(String[] args) throws Exception {
    Path examples = Path.of(args[0]);
    int script = Main.commandLine().execute("run", examples.resolve("hello").toString());
    int server = serve(examples.resolve("react-ssr-stream"), WorkerOptions.DEFAULT);
    System.exit(Math.max(script, server));
  }

  /** Asks the program for one page on a free port and stops it. */
  static int serve(Path program, WorkerOptions options) throws IOException, InterruptedException {
    PipedReader said = new PipedReader();
    ProgramRun run =
        new ProgramRun(
            program,
            options,
            new BindingOptions(),
            new ProgramRun.Doors(
                new InetSocketAddress(0),
                List.of(new PortMapping(0, SERVED_AT)),
                List.of(),
                Optional.empty(),
                new ServerFlags()),
            new PrintWriter(new PipedWriter(said), true));
    Thread visitor =
        Thread.ofVirtual()
            .start(
                () -> {
                  visit(address(said));
                  run.stop(0);
                });
    int exitCode = run.run();
    visitor.join();
    return exitCode;
  }

  private static URI address(PipedReader said) {
    return new Scanner(said)
        .findAll("http://\\S+")
        .map(MatchResult::group)
        .map(URI::create)
        .findFirst()
        .orElseThrow();
  }

  private static void visit(URI address) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("The page could not be read.", e);
    }
  }
}
