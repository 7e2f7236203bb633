package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.portable.WasiHost.Ended;
import dev.runnel.portable.WasiHost.Invocation;
import dev.runnel.portable.WasiHost.Running;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.wasm.Parser;
import run.endive.wasm.types.ImportSection;

/** {@code runnel.wasm}, which runs any program from a folder that is opened for it. */
class RunnelWasmTest {
  private static final Path PROGRAMS = Path.of("src/test/programs").toAbsolutePath();

  @TempDir private Path folder;

  private Path file() throws IOException {
    return Files.write(folder.resolve("runnel.wasm"), Portable.runnelWasm());
  }

  private Invocation program(String... arguments) {
    return Invocation.of(arguments).withFolders(Map.of("/", PROGRAMS));
  }

  @Test
  void importsNothingButWasi() {
    ImportSection imports = Parser.parse(Portable.runnelWasm()).importSection();
    Set<String> modules = new TreeSet<>();
    for (int i = 0; i < imports.importCount(); i++) {
      modules.add(imports.getImport(i).module());
    }

    assertThat(modules).containsExactly("wasi_snapshot_preview1");
  }

  @ParameterizedTest
  @MethodSource("dev.runnel.portable.Hosts#all")
  void aCommandHasArgumentsVariablesTimersAndFiles(WasiHost host) throws Exception {
    Hosts.require(host);
    Path data = Files.createDirectory(folder.resolve("data"));

    Ended ended =
        host.run(
            file(),
            program("hello.cjs", "a", "b c")
                .withEnvironment(Map.of("GREETING", "hi"))
                .withFolders(Map.of("/", PROGRAMS, "/data", data)));

    assertThat(ended.errors()).isEmpty();
    assertThat(ended.output()).isEqualTo(Files.readString(PROGRAMS.resolve("hello.txt")));
    assertThat(ended.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("dev.runnel.portable.Hosts#all")
  void aWorkersAnswerLeavesAsItComes(WasiHost host) throws Exception {
    Hosts.require(host);
    Invocation request =
        program("worker.mjs")
            .withEnvironment(
                Map.of(
                    "REQUEST_METHOD", "PUT",
                    "PATH_INFO", "/a b",
                    "QUERY_STRING", "q=1",
                    "HTTP_HOST", "shop.example",
                    "HTTP_ACCEPT", "text/x",
                    "CONTENT_LENGTH", "4",
                    "GREETING", "hi"))
            .withBeginningOfInput("bo");

    Running running = host.start(file(), request);

    String first = readUntil(running.output(), "hi\n");
    running.input().write("dy and more".getBytes(UTF_8));
    running.input().close();
    String rest = new String(running.output().readAllBytes(), UTF_8);
    assertThat(first)
        .startsWith("Status: 201 \r\n")
        .contains("x-kind: text/x\r\n")
        .endsWith("\r\n\r\nPUT http://shop.example/a%20b?q=1 hi\n");
    assertThat(rest.replace("][", "")).isEqualTo("[body]\n");
    assertThat(running.errors()).isEqualTo("afterwards\n");
    assertThat(running.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.runnel.portable.Hosts#all")
  void aNodeServerAnswersWhatStandsOnStandardInput(WasiHost host) throws Exception {
    Hosts.require(host);
    String request =
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";

    Ended ended = host.run(file(), program("server.mjs").withInput(request));

    assertThat(ended.errors()).isEqualTo("listening\n");
    assertThat(ended.output())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("connection: close\r\n")
        .endsWith("\r\n\r\nPOST /x\n[abc]\n");
  }

  static String readUntil(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as("what came before the end: %s", text).isNotNegative();
      text.append((char) next);
    }
    return text.toString();
  }
}
