package dev.runnel.v8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportScannerTest {
  private static List<String> found(String text) {
    return ImportScanner.scan(text).stream()
        .map(it -> it.kind() + "@" + it.start() + "-" + it.end())
        .toList();
  }

  @Test
  void findsCallsAndMeta() {
    assertThat(found("import('x'); import.meta.url")).containsExactly("CALL@0-6", "META@13-24");
  }

  @Test
  void findsThemAcrossSpaceAndComments() {
    assertThat(found("import /* a */ ('x'); import\n. meta"))
        .containsExactly("CALL@0-6", "META@22-35");
  }

  @Test
  void findsCallsInTemplatesAndBehindDivisions() {
    assertThat(found("`${import('x')}`")).containsExactly("CALL@3-9");
    assertThat(found("a / b; import('x') / 2")).containsExactly("CALL@7-13");
    assertThat(found("(a) / 2; import('x') // '")).containsExactly("CALL@9-15");
    assertThat(found("i++ / 2; import('x')")).containsExactly("CALL@9-15");
    assertThat(found("[...import('x')]")).containsExactly("CALL@4-10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'import(x)'",
        "\"import(x)\"",
        "`import(x)`",
        "// import(x)",
        "/* import(x) */",
        "/import(x)/",
        "/[/]import(x)/",
        "if (a) /import(x)/.test(b)",
        "return /import(x)/",
        "a.import(x)",
        "a?.import(x)",
        "({ import(x) { } })",
        "class A { import(x) { } }",
        "import x from 'y'",
        "import { x } from 'y'",
        "important(x)",
      })
  void findsNothingElse(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void replacesWithoutMovingAnything() {
    ImportRewriter rewritten =
        ImportRewriter.module("const a = await import('a');\nlet u = import . meta.url; // end");

    assertThat(rewritten.text())
        .startsWith("const a = await $i0000('a');\nlet u = $meta_00001  .url; // end\n");
  }

  @Test
  void keepsTheNumberOfLines() {
    assertThat(ImportRewriter.module("import\n.\nmeta.url\nx").text())
        .startsWith("$meta_00001\n\n.url\nx\n");
  }

  @Test
  void leavesTextWithoutThemAlone() {
    assertThat(ImportRewriter.module("import a from 'a'; a()").changed()).isFalse();
  }
}
