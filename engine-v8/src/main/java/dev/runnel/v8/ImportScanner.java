package dev.runnel.v8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code import(…)} and {@code import.meta} in JavaScript, and nothing of the kind inside
 * strings, templates, comments and regular expressions. It tokenizes just enough for that; whether
 * a slash divides or starts a regular expression is told from the token before it.
 */
final class ImportScanner {
  private static final Set<String> BEFORE_EXPRESSION =
      Set.of(
          "await",
          "case",
          "delete",
          "do",
          "else",
          "extends",
          "in",
          "instanceof",
          "new",
          "of",
          "return",
          "throw",
          "typeof",
          "void",
          "yield");
  private static final Set<String> BEFORE_CONDITION = Set.of("if", "while", "for", "with");

  enum Kind {
    CALL,
    META
  }

  /** Where it is: the keyword of a call, all of {@code import.meta}. */
  record Found(Kind kind, int start, int end) {}

  /**
   * An open bracket.
   *
   * @param isTemplate of a template's {@code ${}
   * @param importStart where the import is whose arguments these are, or -1
   */
  private record Open(boolean isTemplate, boolean isCondition, int importStart) {}

  private final String text;
  private final List<Found> found = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private int at;
  private String previous = "";
  private boolean isExpressionNext = true;

  private ImportScanner(String text) {
    this.text = text;
  }

  /** In the order of the text. */
  static List<Found> scan(String text) {
    ImportScanner scanner = new ImportScanner(text);
    while (scanner.at < text.length()) {
      scanner.token();
    }
    scanner.found.sort(Comparator.comparingInt(Found::start));
    return scanner.found;
  }

  private void token() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || startsComment()) {
      at = skipSpace(at);
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (c == '`') {
      at++;
      template();
    } else if (isWordPart(c)) {
      word();
    } else if (c == '/' && isExpressionNext && regularExpression()) {
      followed("/re/", false);
    } else {
      punctuator(c);
    }
  }

  private void followed(String token, boolean isExpressionExpected) {
    previous = token;
    isExpressionNext = isExpressionExpected;
  }

  private boolean startsComment() {
    return text.startsWith("//", at) || text.startsWith("/*", at);
  }

  private int skipSpace(int from) {
    int i = from;
    while (i < text.length()) {
      if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else if (text.startsWith("//", i)) {
        i = endOfLine(i);
      } else if (text.startsWith("/*", i)) {
        int end = text.indexOf("*/", i + 2);
        i = end < 0 ? text.length() : end + 2;
      } else {
        break;
      }
    }
    return i;
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private void string(char quote) {
    at++;
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    followed("string", false);
  }

  /** From inside a template to its end or to its next substitution. */
  private void template() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '`') {
        at++;
        followed("`", false);
        return;
      }
      if (c == '$' && text.startsWith("${", at)) {
        at += 2;
        open.push(new Open(true, false, -1));
        followed("{", true);
        return;
      }
      at += c == '\\' ? 2 : 1;
    }
  }

  private static boolean isWordPart(char c) {
    return Character.isJavaIdentifierPart(c) || c == '\\' || c == '#';
  }

  private void word() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    boolean isProperty = previous.equals(".");
    if (word.equals("import") && !isProperty) {
      importAt(start);
    } else {
      followed(word, !isProperty && BEFORE_EXPRESSION.contains(word));
    }
  }

  private void importAt(int start) {
    int next = skipSpace(at);
    if (next < text.length() && text.charAt(next) == '(') {
      at = next + 1;
      open.push(new Open(false, false, start));
      followed("(", true);
    } else if (next < text.length() && text.charAt(next) == '.') {
      int meta = skipSpace(next + 1);
      if (text.startsWith("meta", meta)) {
        at = meta + "meta".length();
        found.add(new Found(Kind.META, start, at));
      }
      followed("meta", false);
    } else {
      followed("import", true);
    }
  }

  private void punctuator(char c) {
    switch (c) {
      case '(' -> {
        at++;
        open.push(new Open(false, BEFORE_CONDITION.contains(previous), -1));
        followed("(", true);
      }
      case '[', '{' -> {
        at++;
        open.push(new Open(false, false, -1));
        followed(String.valueOf(c), true);
      }
      case ')' -> closeParenthesis();
      case ']' -> {
        at++;
        open.poll();
        followed("]", false);
      }
      case '}' -> closeBrace();
      case '.' -> dots();
      case '+', '-' -> signs(c);
      default -> {
        at++;
        followed(String.valueOf(c), true);
      }
    }
  }

  private void closeParenthesis() {
    at++;
    @Nullable Open closed = open.poll();
    if (closed != null && closed.importStart() >= 0 && !isMethodBody()) {
      int start = closed.importStart();
      found.add(new Found(Kind.CALL, start, start + "import".length()));
    }
    followed(")", closed != null && closed.isCondition());
  }

  /** A method may be called import: then a block follows its parameters. */
  private boolean isMethodBody() {
    int next = skipSpace(at);
    return next < text.length() && text.charAt(next) == '{';
  }

  private void closeBrace() {
    at++;
    @Nullable Open closed = open.poll();
    if (closed != null && closed.isTemplate()) {
      template();
    } else {
      followed("}", true);
    }
  }

  private void dots() {
    if (text.startsWith("...", at)) {
      at += 3;
      followed("...", true);
    } else {
      at++;
      followed(".", false);
    }
  }

  /** After {@code x++} a slash divides; after a sign it can't. */
  private void signs(char sign) {
    boolean isDouble = at + 1 < text.length() && text.charAt(at + 1) == sign;
    at += isDouble ? 2 : 1;
    followed(isDouble ? "++" : "+", !isDouble || isExpressionNext);
  }

  /** Moves behind the regular expression that starts here; false when there can't be one. */
  private boolean regularExpression() {
    boolean isClass = false;
    for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '[' -> isClass = true;
        case ']' -> isClass = false;
        case '/' -> {
          if (!isClass) {
            at = i + 1;
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }
}
