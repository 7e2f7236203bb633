package dev.runnel.runtime.module;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guesses from its text which names a CommonJS file exports, so that {@code import { name }} works
 * on it: assignments to {@code exports}, object literals given to {@code module.exports}, and
 * re-exports. Node guesses in the same way; what is not found here is still on the default export.
 */
final class CommonJsExports {
  private static final String EXPORTS = "(?:\\bmodule\\s*\\.\\s*exports|\\bexports)";
  private static final String QUOTED = "['\"]([^'\"\\n]+)['\"]";
  private static final Pattern ASSIGNED =
      Pattern.compile(EXPORTS + "\\s*(?:\\.\\s*([\\w$]+)|\\[\\s*" + QUOTED + "\\s*])\\s*=(?!=)");
  private static final Pattern DEFINED =
      Pattern.compile("\\bdefineProperty\\s*\\(\\s*" + EXPORTS + "\\s*,\\s*" + QUOTED);
  private static final Pattern LITERAL =
      Pattern.compile("\\bmodule\\s*\\.\\s*exports\\s*=\\s*\\{([^{}]*)");
  private static final Pattern LITERAL_KEY =
      Pattern.compile("(?:^|,)\\s*(?:([\\w$]+)|" + QUOTED + ")\\s*(?=[,:(]|$)");
  private static final Pattern REEXPORTED =
      Pattern.compile(
          "(?:\\bmodule\\s*\\.\\s*exports\\s*=\\s*|__export(?:Star)?\\s*\\(\\s*)require\\s*\\(\\s*"
              + QUOTED);

  /**
   * @param reexports specifiers of files whose names are exported too
   */
  record Found(Set<String> names, List<String> reexports) {}

  private CommonJsExports() {}

  static Found in(String source) {
    Set<String> names = new LinkedHashSet<>();
    addMatches(names, ASSIGNED, source);
    addMatches(names, DEFINED, source);
    LITERAL
        .matcher(source)
        .results()
        .forEach(match -> addMatches(names, LITERAL_KEY, match.group(1)));
    names.remove("default");
    names.remove("__esModule");
    return new Found(
        names, REEXPORTED.matcher(source).results().map(match -> match.group(1)).toList());
  }

  private static void addMatches(Set<String> names, Pattern pattern, String text) {
    pattern
        .matcher(text)
        .results()
        .forEach(
            match -> {
              for (int group = 1; group <= match.groupCount(); group++) {
                if (match.group(group) != null) {
                  names.add(match.group(group));
                }
              }
            });
  }
}
