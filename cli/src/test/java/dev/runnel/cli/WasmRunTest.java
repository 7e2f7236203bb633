package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  static final String NEVER_ENDS =
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

  /**
   * Writes {@code Status: 202}, an empty line and {@code hello} in one call of {@code fd_write}.
   */
  static final String ANSWERS =
      "0061736d01000000010c0260047f7f7f7f017f60000002230116776173695f73"
          + "6e617073686f745f70726576696577310866645f777269746500000302010105"
          + "03010001071302066d656d6f72790200065f737461727400010a0f010d004101"
          + "41004101412010001a0b0b26020041000b0840000000120000000041c0000b12"
          + "5374617475733a203230320a0a68656c6c6f";

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
  void aProgramAnswersRequestsByCgi() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("run", "--cgi", "--listen", "127.0.0.1:0", program(ANSWERS))) {
      String address = child.errLineWith("Listening on ").replace("Listening on ", "");
      try (HttpClient client = HttpClient.newHttpClient()) {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("hello");
      }
      child.signal("TERM");
      assertThat(child.outcome().exitCode()).isZero();
    }
  }

  @Test
  void optionsOfWebAssemblyAreRefusedForScripts() {
    assertThat(runnel("run", "--time-limit", "5", "script.js")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--time-limit is for WebAssembly programs, whose names end with .wasm.");
  }
}
