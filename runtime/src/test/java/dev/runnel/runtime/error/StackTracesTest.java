package dev.runnel.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[1]",
        "null",
        "{}",
        "{'sources':'no list'}",
        "{'sources':['a.js'],'mappings':3}",
        "{'sources':['a.js']}",
        "{'sources':[],'mappings':'AAAA'}",
        "{'sources':['a.js'],'mappings':'ADAA'}",
        "{'sources':['a.js'],'mappings':'????'}",
        "{'sections':{}}",
        "{'sections':[3,{'offset':{'line':0}},{'offset':{'line':0,'column':0},'map':null}]}",
        "{'sections':[{'offset':{'line':'x','column':0},'map':{'sources':[],'mappings':''}}]}",
      })
  void aDamagedMapLeavesTheFrameAsItIs(String map) {
    var traces =
        traces(Map.of("/b.js", "//# sourceMappingURL=b.map", "/b.map", map.replace('\'', '"')));

    assertThat(traces.rewrite("at f (/b.js:1:5)")).isEqualTo("at f (/b.js:1:5)");
  }

  @Test
  void sectionsOfAMapStartAtTheirOffsets() {
    String sections =
        "{\"sections\":[{\"offset\":{\"line\":2,\"column\":0},\"map\":%s}]}".formatted(MAP);
    var traces = traces(Map.of("/app/b.js", "//# sourceMappingURL=b.map", "/app/b.map", sections));

    assertThat(traces.rewrite("at f (/app/b.js:3:5)")).isEqualTo("at f (/src/a.js:3:9)");
  }

  @Test
  void positionsAndPathsThatAreNoneAreShownAsTheyAre() {
    String map = "{\"sources\":[\"a\\u0000.js\"],\"mappings\":\"AAAA\"}";
    var traces = traces(Map.of("/b.js", "//# sourceMappingURL=b.map", "/b.map", map));

    assertThat(traces.rewrite("at f (/b.js:1:1)")).isEqualTo("at f (a\0.js:1:1)");
    assertThat(traces.rewrite("at f (/b.js:99999999999:1)"))
        .isEqualTo("at f (/b.js:99999999999:1)");
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
