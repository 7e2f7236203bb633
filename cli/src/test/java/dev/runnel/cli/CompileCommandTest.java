package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompileCommandTest {
  /** {@code (func (export "_start") (call $proc_exit (i32.const 7)))}, section by section. */
  static final String EXITS_WITH_7 =
      "0061736d01000000"
          + "01080260017f00600000"
          + "022401"
          + string("wasi_snapshot_preview1")
          + string("proc_exit")
          + "0000"
          + "03020101"
          + "0503010001"
          + "071302"
          + string("memory")
          + "0200"
          + string("_start")
          + "0001"
          + "0a080106004107"
          + "10000b";

  @TempDir private Path folder = Path.of("");
  private final StringWriter err = new StringWriter();

  private static String string(String text) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((byte) text.length()) + hex.formatHex(text.getBytes(ISO_8859_1));
  }

  private int compile(Path wasm, Path jar) {
    CommandLine commands = Main.commandLine();
    commands.setErr(new PrintWriter(err, true));
    return commands.execute("compile", "-o", jar.toString(), wasm.toString());
  }

  @Test
  void aWasiProgramBecomesAJarThatRuns() throws Exception {
    Path wasm = folder.resolve("seven.wasm");
    Path jar = folder.resolve("seven.jar");
    Files.write(wasm, HexFormat.of().parseHex(EXITS_WITH_7));

    assertThat(compile(wasm, jar)).as(err.toString()).isZero();

    assertThat(ChildJvm.java("-jar", jar.toString()).exitCode()).isEqualTo(7);
  }

  @Test
  void whatIsNoWebAssemblyIsOneSentence() throws Exception {
    Path text = folder.resolve("text.wasm");
    Files.writeString(text, "console.log(1)");

    assertThat(compile(text, folder.resolve("x.jar"))).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("text.wasm is not WebAssembly");
  }

  @Test
  void aFileThatIsNotThereIsOneSentence() {
    assertThat(compile(Path.of("nowhere.wasm"), folder.resolve("x.jar"))).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("runnel: There is no file nowhere.wasm.");
  }

  @Test
  void aProgramThatFailsLeavesNoFile() throws Exception {
    Path program = folder.resolve("app.mjs");
    Path wasm = folder.resolve("app.wasm");
    Files.writeString(program, "throw new TypeError('on purpose'); export default {};");

    assertThat(compile(program, wasm)).isEqualTo(1);
    assertThat(err.toString()).startsWith("runnel: TypeError: on purpose");
    assertThat(wasm).doesNotExist();
  }
}
