package dev.runnel.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportSitesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import './a.js'",
        "import\"./a.js\"",
        "import a from './a.js'",
        "import {\n  a,\n  b as c,\n} from './a.js'",
        "import d, * as a from './a.js'",
        "export { a } from './a.js'",
        "export * from './a.js'",
        "await import('./a.js')",
        "await import( './a.js', { with: {} })",
      })
  void findsASpecifier(String statement) {
    String source = "// import './a.js'\nconst s = \"import './a.js'\"; " + statement + ";";
    int at = source.lastIndexOf("./a.js") - 1;
    int line = (int) source.substring(0, at).lines().count();

    assertThat(ImportSites.ofSpecifier(source, "./a.js"))
        .hasValueSatisfying(
            site -> {
              assertThat(site.line()).isEqualTo(line);
              assertThat(site.column()).isEqualTo(at - source.lastIndexOf('\n', at));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"export default './a.js'", "x.import('./a.js')", "'import \"./a.js\"'"})
  void takesNothingElseForAnImport(String source) {
    assertThat(ImportSites.ofSpecifier(source, "./a.js")).isEmpty();
  }

  @Test
  void findsNames() {
    String source = "import a, { b, c as d } from 'x';\nexport { e } from 'y';";

    assertThat(ImportSites.ofNames(source))
        .containsExactly(
            new ImportSites.Site("x", "default", 1, 8),
            new ImportSites.Site("x", "b", 1, 13),
            new ImportSites.Site("x", "c", 1, 16),
            new ImportSites.Site("y", "e", 2, 10));
  }
}
