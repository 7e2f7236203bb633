package dev.runnel.runtime.host.intl;

import java.util.HashSet;
import java.util.Set;

/**
 * The syntax of a {@code unicode_locale_id}, without backwards compatibility.
 *
 * @see <a href="https://unicode.org/reports/tr35/#unicode_locale_id">UTS 35</a>
 */
final class TagSyntax {
  private final String[] subtags;
  private int next;

  /**
   * @param tag in lower case
   */
  TagSyntax(String tag) {
    subtags = tag.split("-", -1);
  }

  boolean isValid() {
    return takeLanguageId() && takeExtensions() && next == subtags.length;
  }

  private boolean takeLanguageId() {
    if (!isLanguage(peek())) {
      return false;
    }
    next++;
    takeIf(isAlpha(peek(), 4, 4));
    takeIf(isAlpha(peek(), 2, 2) || isDigits(peek(), 3));
    return takeVariants();
  }

  private boolean takeVariants() {
    Set<String> seen = new HashSet<>();
    while (isVariant(peek())) {
      if (!seen.add(subtags[next++])) {
        return false;
      }
    }
    return true;
  }

  private boolean takeExtensions() {
    Set<String> seen = new HashSet<>();
    while (peek().length() == 1) {
      String singleton = subtags[next++];
      if (!isAlphanumeric(singleton, 1, 1) || !seen.add(singleton) || !takeExtension(singleton)) {
        return false;
      }
      if (singleton.equals("x")) {
        return true;
      }
    }
    return true;
  }

  private boolean takeExtension(String singleton) {
    return switch (singleton) {
      case "u" -> takeUnicodeExtension();
      case "t" -> takeTransformedExtension();
      case "x" -> takeSubtags(1);
      default -> takeSubtags(2);
    };
  }

  private boolean takeUnicodeExtension() {
    boolean hasAttributes = takeSubtags(3);
    boolean hasKeywords = false;
    while (isKey(peek())) {
      next++;
      takeSubtags(3);
      hasKeywords = true;
    }
    return hasAttributes || hasKeywords;
  }

  private boolean takeTransformedExtension() {
    boolean hasLanguage = isLanguage(peek());
    if (hasLanguage && !takeLanguageId()) {
      return false;
    }
    boolean hasFields = false;
    while (isTransformKey(peek())) {
      next++;
      if (!takeSubtags(3)) {
        return false;
      }
      hasFields = true;
    }
    return hasLanguage || hasFields;
  }

  /** One or more with that many to eight letters or digits. */
  private boolean takeSubtags(int min) {
    int start = next;
    while (isAlphanumeric(peek(), min, 8)) {
      next++;
    }
    return next > start;
  }

  private void takeIf(boolean condition) {
    if (condition) {
      next++;
    }
  }

  private String peek() {
    return next < subtags.length ? subtags[next] : "";
  }

  private static boolean isLanguage(String subtag) {
    return isAlpha(subtag, 2, 3) || isAlpha(subtag, 5, 8);
  }

  private static boolean isVariant(String subtag) {
    return isAlphanumeric(subtag, 5, 8)
        || (isAlphanumeric(subtag, 4, 4) && isDigit(subtag.charAt(0)));
  }

  private static boolean isKey(String subtag) {
    return isAlphanumeric(subtag, 2, 2) && isLetter(subtag.charAt(1));
  }

  private static boolean isTransformKey(String subtag) {
    return subtag.length() == 2 && isLetter(subtag.charAt(0)) && isDigit(subtag.charAt(1));
  }

  private static boolean isAlpha(String subtag, int min, int max) {
    return hasLength(subtag, min, max) && subtag.chars().allMatch(TagSyntax::isLetter);
  }

  private static boolean isDigits(String subtag, int length) {
    return hasLength(subtag, length, length) && subtag.chars().allMatch(TagSyntax::isDigit);
  }

  private static boolean isAlphanumeric(String subtag, int min, int max) {
    return hasLength(subtag, min, max) && subtag.chars().allMatch(c -> isLetter(c) || isDigit(c));
  }

  private static boolean hasLength(String subtag, int min, int max) {
    return subtag.length() >= min && subtag.length() <= max;
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
