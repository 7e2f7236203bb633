package dev.runnel.runtime.host.web.url;

/** Windows drive letters in file URLs, section 4.2. */
final class WindowsDrive {
  private WindowsDrive() {}

  /** {@code c:} or {@code c|}. */
  static boolean isLetter(String text) {
    return text.length() == 2 && startsWithLetter(text);
  }

  static boolean isNormalized(String text) {
    return isLetter(text) && text.charAt(1) == ':';
  }

  /** A drive letter, then the end or one of {@code / \ ? #}. */
  static boolean startsAt(String text, int index) {
    if (text.length() - index < 2 || !startsWithLetter(text.substring(index))) {
      return false;
    }
    return text.length() - index == 2 || "/\\?#".indexOf(text.charAt(index + 2)) >= 0;
  }

  private static boolean startsWithLetter(String text) {
    char letter = text.charAt(0);
    boolean isAlpha = letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
    return isAlpha && (text.charAt(1) == ':' || text.charAt(1) == '|');
  }
}
