package dev.runnel.image.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranspilerTest {
  @TempDir private Path folder;

  private String javaScript(String name, String text, Optional<String> tsconfig) {
    return Transpiler.keepingIn(folder.resolve("cache"))
        .javaScript(folder.resolve(name), text, tsconfig);
  }

  @Test
  void typesGoAndPositionsStay() {
    String made =
        javaScript("a.ts", "type N = number;\nexport const n: N = 1;\n", Optional.empty());

    assertThat(made).startsWith("export const n = 1;");
    String map = made.substring(made.indexOf("base64,") + "base64,".length()).strip();
    assertThat(new String(Base64.getDecoder().decode(map), StandardCharsets.UTF_8))
        .contains("\"sources\": [\"a.ts\"]");
  }

  @Test
  void jsxIsReactsUnlessTheSettingsSayOtherwise() {
    String text = "export default () => <p>{1}</p>";
    String other =
        "{ \"compilerOptions\": { \"jsx\": \"react-jsx\", \"jsxImportSource\": \"preact\" } }";

    assertThat(javaScript("a.jsx", text, Optional.empty())).contains("\"react/jsx-runtime\"");
    assertThat(javaScript("a.tsx", text, Optional.of(other))).contains("\"preact/jsx-runtime\"");
  }

  @Test
  void whatWasMadeIsKeptByContent() throws IOException {
    String first = javaScript("a.ts", "let a: number = 1", Optional.empty());
    Path kept;
    try (Stream<Path> all = Files.list(folder.resolve("cache/modules"))) {
      kept = all.findFirst().orElseThrow();
    }
    Files.writeString(kept, "kept");

    assertThat(javaScript("a.ts", "let a: number = 1", Optional.empty())).isEqualTo("kept");
    assertThat(javaScript("a.ts", "let a: number = 2", Optional.empty()))
        .isEqualTo(first.replace("= 1", "= 2"));
  }

  @Test
  void onlySoManyAreTransformed() {
    var transpiler = new Transpiler(folder.resolve("cache"), 1);
    Path file = folder.resolve("a.ts");
    String first = transpiler.javaScript(file, "let a = 1", Optional.empty());

    assertThat(transpiler.javaScript(file, "let a = 1", Optional.empty())).isEqualTo(first);
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> transpiler.javaScript(file, "let a = 2", Optional.empty()))
        .withMessageEndingWith("1 modules have been, which is the limit.");
  }

  @Test
  void whatCantBeReadIsOneSentenceWithItsPlace() {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> javaScript("a.ts", "let a = 1;\nlet b c", Optional.empty()))
        .withMessageContaining(
            "Expected \";\" but found \"c\" (" + folder.resolve("a.ts") + ":2:6)");
  }
}
