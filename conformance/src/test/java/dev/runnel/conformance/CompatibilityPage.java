package dev.runnel.conformance;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** The text of {@code docs/compatibility.md}. */
final class CompatibilityPage {

  /**
   * Something that a program may use.
   *
   * @param name of a global, with its member after a point, or of a module
   */
  record Api(String group, String name) {}

  /**
   * A folder of the Web Platform Tests: its files, and of the subtests they report how many pass.
   */
  record Area(String folder, int files, int passed, int total) {
    Area plusFile(int itsPassed, int itsTotal) {
      return new Area(folder, files + 1, passed + itsPassed, total + itsTotal);
    }
  }

  private static final String HEAD =
      """
      # Compatibility
      What programs find, on both engines and in [one WebAssembly file](portable.md). Written by `./dev docs` from what a program that looks for it \
      finds (`conformance/compatibility/probe.mjs`) and from the list of Web Platform Tests that pass \
      (`conformance/wpt/passes.txt`); `CompatibilityTest` fails when this page says anything else.

      | state | means |
      |---|---|
      | yes | it is there, with all its members or exports; how well it conforms is what the tests say |
      | all but … | it is there; the members or exports that are named are missing, and undefined |
      | **imports only** | programs that import it load; using it gives this error |
      | **in part** | it is there; some of its functions do nothing, and give this error |
      | **no** | it is missing, or does nothing; a program that uses it gets this error |

      ## Web Platform Tests
      Of the subtests that each file reports, at least so many pass on each of the engines.

      | area | files | subtests | pass |
      |---|--:|--:|--:|
      """;

  private static final Map<String, String> INTRODUCTIONS =
      Map.of(
          "WinterTC",
          """
          The globals of the Minimum Common Web API. Members are compared with Node 25.2.1, its own \
          ones included.
          """,
          "Workers",
          """
          What Workers have beyond it. `env` here has a binding of each kind, under its kind's name.
          """,
          "Node's globals",
          """
          Those of Node 25.2.1 that are not above.
          """,
          "Node's modules",
          """
          Compared with the exports of Node 25.2.1. Importing a missing one by its name is a SyntaxError \
          when the program is loaded.
          """,
          "QuickJS's modules",
          """
          For programs written for QuickJS and wasmedge-quickjs.
          """,
          "ECMAScript",
          """
          What engines differ in.
          """);

  private static final Pattern LISTED = Pattern.compile("[^, ]+");

  private CompatibilityPage() {}

  /**
   * @param quickJs the states on QuickJS, in the page's order
   * @param v8 the states on V8
   * @param portable the states in a portable file
   */
  static String of(
      List<Area> areas,
      SequencedMap<Api, String> quickJs,
      Map<Api, String> v8,
      Map<Api, String> portable) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Area area : areas) {
      page.append(
          "| %s | %d | %d | %d |\n"
              .formatted(area.folder(), area.files(), area.total(), area.passed()));
    }
    groups(quickJs).forEach(group -> append(page, group, quickJs, v8, portable));
    return page.toString();
  }

  private static List<String> groups(SequencedMap<Api, String> states) {
    return states.keySet().stream().map(Api::group).distinct().toList();
  }

  private static void append(
      StringBuilder page,
      String group,
      SequencedMap<Api, String> quickJs,
      Map<Api, String> v8,
      Map<Api, String> portable) {
    page.append("\n## ").append(group).append('\n').append(INTRODUCTIONS.get(group));
    page.append("\n| API | state | in one WebAssembly file |\n|---|---|---|\n");
    quickJs.forEach(
        (api, state) -> {
          if (api.group().equals(group)) {
            String both = onBoth(state, v8.getOrDefault(api, "unknown"));
            String alone = shown(portable.getOrDefault(api, "unknown"));
            page.append("| `%s` | %s | %s |\n".formatted(api.name(), both, alone));
          }
        });
  }

  private static String onBoth(String quickJs, String v8) {
    return quickJs.equals(v8)
        ? shown(quickJs)
        : "QuickJS: %s<br>V8: %s".formatted(shown(quickJs), shown(v8));
  }

  /** Names and errors as code. */
  private static String shown(String state) {
    String[] parts = state.split(": ", 2);
    return switch (parts[0]) {
      case "all but" -> "all but " + LISTED.matcher(parts[1]).replaceAll("`$0`");
      case "imports only", "in part", "no" -> "**" + parts[0] + "**: `" + parts[1] + "`";
      default -> state;
    };
  }
}
