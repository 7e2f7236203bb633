package dev.runnel.runtime.module;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads off a program's text whether it is an ES module, as Node does for files whose package
 * doesn't say, and whether it has a default export. Comments and strings are blanked out first.
 */
final class SyntaxDetection {
  private static final Pattern MODULE_SYNTAX =
      Pattern.compile(
          "(?m)(^|[;}])\\s*(import\\b\\s*[\\w$*{\"']|export\\b\\s*[\\w{*])|\\bimport\\.meta\\b");
  private static final Pattern DEFAULT_EXPORT =
      Pattern.compile("\\bexport\\s+default\\b|\\bexport\\s*\\{[^}]*\\bas\\s+default\\b[^}]*}");

  /** Words that a value follows. */
  private static final Set<String> BEFORE_EXPRESSIONS =
      Set.of(
          "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do");

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
      } else if (c == '/' && startsRegularExpression(out, i)) {
        int end = endOfRegularExpression(source, i);
        blank(out, i + 1, end - 1);
        i = end;
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

  /** A slash divides after a value, and starts a regular expression after anything else. */
  private static boolean startsRegularExpression(CharSequence text, int slash) {
    int before = slash - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    if (before < 0) {
      return true;
    }
    char c = text.charAt(before);
    if (!Character.isJavaIdentifierPart(c)) {
      return c != ')' && c != ']' && c != '}' && c != '"' && c != '\'' && c != '`';
    }
    int start = before;
    while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
      start--;
    }
    return BEFORE_EXPRESSIONS.contains(text.subSequence(start, before + 1).toString());
  }

  /** Behind the closing slash; a slash in a class doesn't close. */
  private static int endOfRegularExpression(String source, int start) {
    boolean inClass = false;
    for (int i = start + 1; i < source.length(); i++) {
      switch (source.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '\n' -> {
          return i;
        }
        case '/' -> {
          if (!inClass) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return source.length();
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
