package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.portable.MachineState;
import dev.runnel.portable.Portable;
import dev.runnel.portable.PortableMachine;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;

/** What a program finds that {@code runnel.wasm} runs: the probe's answer to a CGI request. */
final class PortableProbe {
  private static final Path FOLDER = Project.CONFORMANCE.resolve("compatibility");
  private static final long MEMORY = 256L << 20;

  /** The guest's recursion takes more stack than a thread has by itself. */
  private static final long STACK = 64L << 20;

  private PortableProbe() {}

  static String found() throws Exception {
    FutureTask<String> answer = new FutureTask<>(PortableProbe::answer);
    new Thread(null, answer, "probe", STACK).start();
    String text = answer.get();
    assertThat(text).as("the probe's answer").startsWith("Status: 200 ");
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private static String answer() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    WasiOptions options =
        WasiOptions.builder()
            .withArguments(List.of("runnel.wasm", "probe.mjs"))
            .withEnvironment("REQUEST_METHOD", "GET")
            .withEnvironment("PATH_INFO", "/")
            .withEnvironment("USES", "yes")
            .withDirectory("/", FOLDER)
            .withStdin(InputStream.nullInputStream())
            .withStdout(output)
            .withStderr(errors)
            .build();
    try (PortableMachine machine = new PortableMachine(options, MEMORY)) {
      machine.restore(MachineState.of(Portable.runnelWasm()));
      machine.call("_start");
    } catch (WasiExitException exit) {
      throw new AssertionError(
          "It ended with code %d: %s".formatted(exit.exitCode(), errors.toString(UTF_8)), exit);
    }
    return output.toString(UTF_8);
  }
}
