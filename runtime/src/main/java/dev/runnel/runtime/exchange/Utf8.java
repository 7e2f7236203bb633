package dev.runnel.runtime.exchange;

import java.nio.charset.StandardCharsets;

/**
 * USVString conversion and UTF-8 in one: lone surrogates become U+FFFD, as the Web and Node have
 * it.
 */
public final class Utf8 {
  private Utf8() {}

  public static byte[] encode(String text) {
    return (hasLoneSurrogate(text) ? toWellFormed(text) : text).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!isPairAt(text, i)) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static String toWellFormed(String text) {
    var fixed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        fixed.append(c);
      } else if (isPairAt(text, i)) {
        fixed.append(c).append(text.charAt(++i));
      } else {
        fixed.append('\uFFFD');
      }
    }
    return fixed.toString();
  }

  private static boolean isPairAt(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
