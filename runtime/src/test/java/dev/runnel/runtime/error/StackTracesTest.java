package dev.runnel.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackTracesTest {
  /** Generated line 1, column 5 came from src/a.js, line 3, column 9. */
  private static final String MAP =
      "{\"version\":3,\"sources\":[\"../src/a.js\"],\"mappings\":\"IAEQ\"}";

  @Test
  void framesOfABundleAreShownWhereTheyWereWritten() {
    var traces =
        traces(
            Map.of(
                "/app/dist/b.js", "x\n//# sourceMappingURL=b.js.map", "/app/dist/b.js.map", MAP));

    assertThat(traces.rewrite("    at f (/app/dist/b.js:1:7)\n    at file:///app/dist/b.js:1:5"))
        .isEqualTo("    at f (/app/src/a.js:3:9)\n    at /app/src/a.js:3:9");
  }

  @Test
  void anInlineMapIsReadToo() {
    String inline = Base64.getEncoder().encodeToString(MAP.getBytes(StandardCharsets.UTF_8));
    var traces =
        traces(
            Map.of(
                "/app/dist/b.js",
                "x\n//# sourceMappingURL=data:application/json;base64," + inline + "\n"));

    assertThat(traces.rewrite("at f (/app/dist/b.js:1:5)")).isEqualTo("at f (/app/src/a.js:3:9)");
  }

  @Test
  void aDamagedMapLeavesTheFrameAsItIs() {
    var traces =
        traces(
            Map.of("/b.js", "//# sourceMappingURL=b.map", "/b.map", "{\"sources\":\"no list\"}"));

    assertThat(traces.rewrite("at f (/b.js:1:5)")).isEqualTo("at f (/b.js:1:5)");
  }

  @Test
  void framesOfBuiltInsAreLeftOut() {
    var traces = traces(Map.of());

    assertThat(traces.rewrite("Error: x\n    at emit (internal:boot:9:1)\n    at f (/b.js:1:5)"))
        .isEqualTo("    at f (/b.js:1:5)");
  }

  private static StackTraces traces(Map<String, String> files) {
    return new StackTraces(name -> Optional.ofNullable(files.get(name)));
  }
}
