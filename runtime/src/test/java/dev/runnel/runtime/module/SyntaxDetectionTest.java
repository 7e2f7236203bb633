package dev.runnel.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxDetectionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import a from 'a';",
        "var x = 1;export { x };",
        "console.log(import.meta.url);",
        "var re = /['\"]/;\nexport default re;",
        "var half = total / 2; export const a = half / 3;",
      })
  void theseAreModules(String source) {
    assertThat(SyntaxDetection.isModule(source)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.exports = 1;",
        "// import a from 'a'\n",
        "var text = 'x;\\nimport a';",
        "import('a');",
        "var a = 1,\n  importsKeys = 2,\n  exported = 3;",
        "var quote = /[\"'`]/g; /* it's\nexport default 1\n*/",
        "return /'/.test(x) ? 1 : 2 /* don't\nimport x\n*/",
        "var slash = /[/'\"]+/; // isn't\nvar s = 'a\\\nexport default b';",
      })
  void theseAreScripts(String source) {
    assertThat(SyntaxDetection.isModule(source)).isFalse();
  }
}
