package dev.runnel.runtime.module;

import java.util.regex.Pattern;

/**
 * Reads off a program's text whether it is an ES module, as Node does for files whose package
 * doesn't say, and whether it has a default export. Comments and strings are blanked out first.
 */
final class SyntaxDetection {
  private static final Pattern MODULE_SYNTAX =
      Pattern.compile(
          "(?m)(^|[;}])\\s*(import\\s*[\\w$*{\"']|export\\s*[\\w{*])|\\bimport\\.meta\\b");
  private static final Pattern DEFAULT_EXPORT =
      Pattern.compile("\\bexport\\s+default\\b|\\bexport\\s*\\{[^}]*\\bas\\s+default\\b[^}]*}");

  private SyntaxDetection() {}

  static boolean isModule(String source) {
    return MODULE_SYNTAX.matcher(withoutCommentsAndStrings(source)).find();
  }

  static boolean hasDefaultExport(String source) {
    return DEFAULT_EXPORT.matcher(withoutCommentsAndStrings(source)).find();
  }

  /** Keeps lengths and line breaks; quotes stay, what is between them becomes blanks. */
  static String withoutCommentsAndStrings(String source) {
    var out = new StringBuilder(source);
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i);
      if (c == '/' && source.startsWith("//", i)) {
        i = blank(out, i, endOf(source, "\n", i));
      } else if (c == '/' && source.startsWith("/*", i)) {
        i = blank(out, i, endOf(source, "*/", i + 2));
      } else if (c == '"' || c == '\'' || c == '`') {
        int end = endOfString(source, i);
        blank(out, i + 1, end - 1);
        i = end;
      } else {
        i++;
      }
    }
    return out.toString();
  }

  private static int endOf(String source, String mark, int from) {
    int at = source.indexOf(mark, from);
    return at < 0 ? source.length() : at + mark.length();
  }

  private static int endOfString(String source, int start) {
    char quote = source.charAt(start);
    for (int i = start + 1; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote || c == '\n' && quote != '`') {
        return i + 1;
      }
    }
    return source.length();
  }

  private static int blank(StringBuilder out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (out.charAt(i) != '\n') {
        out.setCharAt(i, ' ');
      }
    }
    return to;
  }
}
