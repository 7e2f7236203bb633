package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.portable.CodeCompiler.Positions;
import dev.runnel.portable.PackOptions.Evaluation;
import dev.runnel.portable.WasiHost.Ended;
import dev.runnel.portable.WasiHost.Invocation;
import dev.runnel.portable.WasiHost.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.wasm.Parser;
import run.endive.wasm.types.ImportSection;

/** Programs as one file each, on every runtime. */
class PackerTest {
  private static final Path PROGRAMS = Path.of("src/test/programs").toAbsolutePath();

  /** A slow machine may take its time; what ends a program must not be that. */
  private static final PackOptions PATIENT =
      PackOptions.DEFAULT.withDeadline(Duration.ofMinutes(5));

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path packed(Path program, PackOptions options) throws Exception {
    PackedProgram packed = Packer.pack(program, options);
    return Files.write(folder.resolve("app.wasm"), packed.wasm());
  }

  @ParameterizedTest
  @MethodSource("dev.runnel.portable.Hosts#all")
  void aCommandIsEvaluatedAtEachStart(WasiHost host) throws Exception {
    Hosts.require(host);
    Path data = Files.createDirectory(folder.resolve("data"));
    PackedProgram program = Packer.pack(PROGRAMS.resolve("hello.cjs"), PATIENT);
    Path file = Files.write(folder.resolve("app.wasm"), program.wasm());

    Ended ended =
        host.run(
            file,
            Invocation.of("a", "b c")
                .withEnvironment(Map.of("GREETING", "hi"))
                .withFolders(Map.of("/data", data)));

    assertThat(program.obstacle()).hasValue("reads its arguments");
    assertThat(ended.errors()).isEmpty();
    assertThat(ended.output()).isEqualTo(Files.readString(PROGRAMS.resolve("hello.txt")));
    assertThat(ended.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("dev.runnel.portable.Hosts#all")
  void aWorkerStartsBehindItsEvaluation(WasiHost host) throws Exception {
    Hosts.require(host);
    Path program =
        write(
            "worker.mjs",
            """
            import { Buffer } from "node:buffer";
            const { random } = Math;
            const evaluated = { count: 0, at: Date.now(), chance: random() };
            evaluated.count++;
            let ticks = 0;
            setTimeout(() => ticks++, 20);
            export default {
              async fetch(request, env) {
                const { pathname } = new URL(request.url);
                const waited = await new Promise((done) => setTimeout(() => done(ticks), 60));
                const fresh = Date.now() > 1.7e12 && evaluated.at === 0 && random() !== evaluated.chance;
                const text = `${evaluated.count} ${waited} ${fresh} ${pathname} ${env.WHO}`;
                return new Response(Buffer.from(text).toString("base64"));
              },
            };
            """);
    Path file = packed(program, PATIENT.withEvaluation(Evaluation.NOW));

    Invocation request =
        Invocation.of()
            .withEnvironment(Map.of("REQUEST_METHOD", "GET", "PATH_INFO", "/p", "WHO", "me"));
    Ended ended = host.run(file, request);

    assertThat(ended.errors()).isEmpty();
    String body = ended.output().substring(ended.output().indexOf("\r\n\r\n") + 4);
    assertThat(new String(java.util.Base64.getDecoder().decode(body), UTF_8))
        .isEqualTo("1 1 true /p me");
  }

  @ParameterizedTest
  @MethodSource("dev.runnel.portable.Hosts#all")
  void reactStreamsAPageWhosePartsComeLater(WasiHost host) throws Exception {
    Hosts.require(host);
    Path file =
        packed(Path.of("target/programs/react.mjs"), PATIENT.withEvaluation(Evaluation.NOW));
    Invocation request =
        Invocation.of()
            .withEnvironment(
                Map.of("REQUEST_METHOD", "POST", "PATH_INFO", "/shop", "CONTENT_LENGTH", "1"))
            .withBeginningOfInput("");

    Running running = host.start(file, request);

    String shell = RunnelWasmTest.readUntil(running.output(), "Loading");
    assertThat(shell).contains("text/html").contains("<h1>Hello from /shop</h1>");
    assertThat(shell).doesNotContain("Product 40");
    // What the page's other part waits for.
    running.input().write('x');
    running.input().close();
    RunnelWasmTest.readUntil(running.output(), "Product 40");
    running.output().readAllBytes();
    assertThat(running.errors()).isEmpty();
  }

  @Test
  void importsNothingButWasiAndExportsNothingButACommand() throws Exception {
    Path file = packed(PROGRAMS.resolve("worker.mjs"), PATIENT);
    ImportSection imports = Parser.parse(file).importSection();
    Set<String> modules = new TreeSet<>();
    for (int i = 0; i < imports.importCount(); i++) {
      modules.add(imports.getImport(i).module());
    }

    assertThat(modules).containsExactly("wasi_snapshot_preview1");
    assertThat(Parser.parse(file).exportSection().exportCount()).isEqualTo(2);
  }

  @Test
  void equalProgramsBecomeEqualFiles() throws Exception {
    Path program = PROGRAMS.resolve("worker.mjs");
    Path one = Files.copy(program, Files.createDirectory(folder.resolve("one")).resolve("a.mjs"));
    Path two = Files.copy(program, Files.createDirectory(folder.resolve("two")).resolve("a.mjs"));

    assertThat(Packer.pack(one, PATIENT).wasm()).isEqualTo(Packer.pack(two, PATIENT).wasm());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          export default {                                | SyntaxError
          throw new TypeError('at once'); export default 1 | TypeError: at once
          import 'nowhere'; export default {}             | Cannot find package 'nowhere'
          for (;;); export default {}                     | runs for more than 1500 ms
          const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1)); export default {} | memory
          await null; import fs from 'node:fs'; fs.readFileSync('/etc/passwd'); export default {} | uses fs.readFile(), which
          console.log('hello'); export default {}         | writes output, which
          crypto.randomUUID(); export default {}          | asks for random bytes, which
          new Intl.NumberFormat('de'); export default {}  | Intl
          """)
  void whatCannotBePackedIsOneSentence(String program, String expected) throws Exception {
    Path file = write("bad.mjs", program);
    boolean endless = program.startsWith("for");
    PackOptions options =
        PATIENT
            .withEvaluation(Evaluation.NOW)
            .withMemoryBytes(48L << 20)
            .withDeadline(endless ? Duration.ofMillis(1500) : PATIENT.deadline());

    assertThatThrownBy(() -> Packer.pack(file, options))
        .isInstanceOf(PackException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource({"NONE, false", "LINES, true"})
  void stackTracesHaveLinesWhenTheyAreKept(Positions positions, boolean expected) throws Exception {
    Path program =
        write(
            "throws.mjs",
            "export default {\n  fetch() {\n    throw new Error('on purpose');\n  },\n};\n");
    Path file = packed(program, PATIENT.withPositions(positions));

    Ended ended =
        new EndiveHost()
            .run(file, Invocation.of().withEnvironment(Map.of("REQUEST_METHOD", "GET")));

    assertThat(ended.output()).startsWith("Status: 500 ");
    assertThat(ended.errors()).startsWith("Uncaught Error: on purpose");
    assertThat(ended.errors().contains("/app/throws.mjs:3:")).isEqualTo(expected);
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("dev.runnel.portable.Hosts#all")
  void evalAndErrorsFindTheNamesOfVariables(WasiHost host) throws Exception {
    Hosts.require(host);
    Path program =
        write(
            "names.mjs",
            """
            const outer = 40;
            function evaluates(argument) {
              const local = 1;
              return eval("outer + local + argument");
            }
            function usesItsOwnEarly() {
              early;
              let early = 1;
            }
            function usesAnothersEarly() {
              const use = () => late;
              use();
              const late = 1;
            }
            function message(call) {
              try {
                return call();
              } catch (error) {
                return error.message;
              }
            }
            export default {
              fetch: () => new Response([() => evaluates(1), usesItsOwnEarly, usesAnothersEarly].map(message).join()),
            };
            """);
    Path file = packed(program, PATIENT.withEvaluation(Evaluation.NOW));

    Ended ended = host.run(file, Invocation.of().withEnvironment(Map.of("REQUEST_METHOD", "GET")));

    assertThat(ended.errors()).isEmpty();
    assertThat(ended.output()).endsWith("42,early is not initialized,late is not initialized");
  }

  @Test
  void nodesCryptoLoadsAndWhatItCannotDoFailsWhenItIsCalled() throws Exception {
    Path program =
        write(
            "crypto.mjs",
            """
            import { createCipheriv, createHash, randomBytes } from "node:crypto";
            const said = (call) => {
              try {
                return call();
              } catch (error) {
                return `${error.code} ${error.message}`;
              }
            };
            export default {
              fetch: () => new Response([
                said(() => randomBytes(8).length),
                said(() => createHash("md5")),
                said(() => createCipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16))),
              ].join("\\n")),
            };
            """);
    Path file = packed(program, PATIENT.withEvaluation(Evaluation.NOW));

    Ended ended =
        new EndiveHost()
            .run(file, Invocation.of().withEnvironment(Map.of("REQUEST_METHOD", "GET")));

    assertThat(ended.errors()).isEmpty();
    String unsupported =
        " is not supported in a portable WebAssembly file: it needs Runnel itself.";
    String code = "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM ";
    assertThat(ended.output())
        .endsWith(
            "8\n"
                + (code + "hashing in node:crypto (createHash, createHmac)" + unsupported + "\n")
                + (code + "ciphers in node:crypto (createCipheriv, createDecipheriv)")
                + unsupported);
  }
}
