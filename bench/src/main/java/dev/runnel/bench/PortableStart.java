package dev.runnel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.portable.MachineState;
import dev.runnel.portable.PortableMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;

/**
 * From the start of a portable file to the first byte of its answer: one that begins behind the
 * program's evaluation, beside the same program evaluated at each start. Processes of Node and of
 * wasmtime are timed from their own start; on Endive, whose classes this JVM has, from that of the
 * machine.
 */
final class PortableStart {
  private static final int ROUNDS = 11;
  private static final int WARM_UP = 10;
  private static final long MEMORY = 256L << 20;
  private static final long STACK = 64L << 20;
  private static final Map<String, String> REQUEST =
      Map.of("REQUEST_METHOD", "GET", "PATH_INFO", "/");
  private static final String INVOCATION =
      "{\"args\":[],\"env\":{\"REQUEST_METHOD\":\"GET\",\"PATH_INFO\":\"/\"},\"dirs\":{}}";

  private PortableStart() {}

  /**
   * Takes the folder with the hosts' scripts, the file, and that which is evaluated at its start.
   */
  public static void main(String[] args) throws Exception {
    Path hosts = Path.of(args[0]);
    Path ready = Path.of(args[1]);
    Path cold = Path.of(args[2]);
    List<String> node = List.of("node", "--no-warnings", hosts.resolve("node.mjs").toString());
    List<String> wasmtime = List.of("python3", hosts.resolve("wasmtime_host.py").toString());
    print("node:wasi", file -> process(node, file), ready, cold);
    if (succeeds("python3", "-c", "import wasmtime")) {
      print("wasmtime", file -> process(wasmtime, file), ready, cold);
    } else {
      System.out.println("  wasmtime isn't installed for Python, so it isn't measured.");
    }
    for (int i = 0; i < WARM_UP; i++) {
      inThisJvm(ready);
      inThisJvm(cold);
    }
    print("Endive", PortableStart::inThisJvm, ready, cold);
  }

  private static boolean succeeds(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  /** Answers milliseconds. */
  private interface Start {
    double time(Path file) throws Exception;
  }

  /** In turns, so that what else the machine does is both's. */
  private static void print(String host, Start start, Path ready, Path cold) throws Exception {
    double[] quick = new double[ROUNDS];
    double[] slow = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      quick[i] = start.time(ready);
      slow[i] = start.time(cold);
    }
    Arrays.sort(quick);
    Arrays.sort(slow);
    System.out.printf(
        "  %-10s %6.0f ms, evaluated at its start %6.0f ms, median of %d%n",
        host, quick[ROUNDS / 2], slow[ROUNDS / 2], ROUNDS);
  }

  private static double process(List<String> host, Path file)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(host);
    command.addAll(List.of(file.toString(), INVOCATION));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    int first = process.getInputStream().read();
    double time = (System.nanoTime() - start) / 1e6;
    String rest = new String(process.getInputStream().readAllBytes(), UTF_8);
    check((char) first + rest, process.waitFor());
    return time;
  }

  private static double inThisJvm(Path file) throws Exception {
    MachineState state = MachineState.of(Files.readAllBytes(file));
    FirstByte output = new FirstByte();
    WasiOptions.Builder options =
        WasiOptions.builder()
            .withArguments(List.of("app.wasm"))
            .withStdin(InputStream.nullInputStream())
            .withStdout(output)
            .withStderr(OutputStream.nullOutputStream());
    REQUEST.forEach(options::withEnvironment);
    long[] start = {0};
    Thread thread = new Thread(null, () -> start[0] = run(state, options), "wasi", STACK);
    thread.start();
    thread.join();
    check(output.text.toString(), 0);
    return (output.at - start[0]) / 1e6;
  }

  private static long run(MachineState state, WasiOptions.Builder options) {
    long start = System.nanoTime();
    try (PortableMachine machine = new PortableMachine(options.build(), MEMORY)) {
      machine.restore(state);
      machine.call("_start");
    } catch (WasiExitException exit) {
      throw new IllegalStateException("It ended with code " + exit.exitCode(), exit);
    }
    return start;
  }

  private static void check(String answer, int exitCode) {
    if (exitCode != 0 || !answer.contains("</html>")) {
      throw new IllegalStateException("It ended with %d: %s".formatted(exitCode, answer));
    }
  }

  private static final class FirstByte extends OutputStream {
    private final StringBuilder text = new StringBuilder();
    private long at;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (at == 0) {
        at = System.nanoTime();
      }
      text.append(new String(bytes, offset, length, UTF_8));
    }
  }
}
