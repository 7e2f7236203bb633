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

class WasmRunTest {
  private static final String HEAD = "0061736d01000000";

  /** {@code (func (export "_start") (call $proc_exit (i32.const 7)))}, section by section. */
  private static final String EXITS_WITH_7 =
      HEAD
          + "01080260017f00600000"
          + "022401"
          + string("wasi_snapshot_preview1")
          + string("proc_exit")
          + "0000"
          + "03020101"
          + "070a01"
          + string("_start")
          + "0001"
          + "0a08010600410710000b";

  /** {@code (func (export "_start") (loop (br 0)))}. */
  private static final String NEVER_ENDS =
      HEAD
          + "010401600000"
          + "03020100"
          + "070a01"
          + string("_start")
          + "0000"
          + "0a0901070003400c000b0b";

  /** {@code (func (export "_start") unreachable)}. */
  private static final String TRAPS =
      HEAD + "010401600000" + "03020100" + "070a01" + string("_start") + "0000" + "0a05010300000b";

  /** {@code (func (export "add") (param i32 i32) (result i32) …)}. */
  private static final String ADDS =
      HEAD
          + "01070160027f7f017f"
          + "03020100"
          + "070701"
          + string("add")
          + "0000"
          + "0a09010700200020016a0b";

  @TempDir private Path folder = Path.of("");
  private final StringWriter err = new StringWriter();

  private static String string(String text) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((byte) text.length()) + hex.formatHex(text.getBytes(ISO_8859_1));
  }

  private String program(String hex) throws Exception {
    Path file = folder.resolve("program.wasm");
    Files.write(file, HexFormat.of().parseHex(hex));
    return file.toString();
  }

  private int runnel(String... arguments) {
    CommandLine commands = Main.commandLine();
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }

  @Test
  void theExitCodeIsTheProgramsOwn() throws Exception {
    assertThat(runnel("run", program(EXITS_WITH_7), "argument")).as(err.toString()).isEqualTo(7);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aReactorsFunctionIsCalledWithNumbersAndPrintsItsResult() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "--reactor", "add", program(ADDS), "40", "2")) {
      assertThat(child.outcome()).isEqualTo(new Outcome(0, "42\n", ""));
    }
  }

  @Test
  void aTimeLimitEndsAProgramAndIsNamed() throws Exception {
    assertThat(runnel("run", "--time-limit", "100", program(NEVER_ENDS))).isEqualTo(1);
    assertThat(err.toString())
        .containsOnlyOnce("\n")
        .contains("took longer than its limit of 100 ms. Runnel-Limit: time-limit");
  }

  @Test
  void aTrapIsOneSentence() throws Exception {
    assertThat(runnel("run", program(TRAPS))).isEqualTo(134);
    assertThat(err.toString()).containsOnlyOnce("\n").contains("program.wasm trapped: ");
  }

  @Test
  void whatCantBeRunIsOneSentence() throws Exception {
    assertThat(runnel("run", folder.resolve("nowhere.wasm").toString())).isEqualTo(1);
    assertThat(runnel("run", "--memory-page-limit", "0", program(TRAPS))).isEqualTo(2);
    assertThat(err.toString())
        .contains("nowhere.wasm can't be run. There is no such file, or it can't be read.")
        .contains("A program's memory has 1 to 32767 pages of 64 KB, not 0.");
  }

  @Test
  void optionsOfWebAssemblyAreRefusedForScripts() {
    assertThat(runnel("run", "--time-limit", "5", "script.js")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--time-limit is for WebAssembly programs, whose names end with .wasm.");
  }
}
