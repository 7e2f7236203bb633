package dev.runnel.runtime.exchange;

/**
 * Path and query of a URL that the URL standard's parser would leave as they are. It is not asked
 * then: of the requests that come in, nearly all are such.
 */
final class PlainTarget {
  private static final boolean[] PLAIN = new boolean[128];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/=&?,:+@!$*();"
        .chars()
        .forEach(c -> PLAIN[c] = true);
  }

  private PlainTarget() {}

  /**
   * False is always right: {@code .} and {@code ..} as names would go, escapes may stand for them.
   */
  static boolean isIn(String url) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    if (path < 0) {
      return false;
    }
    char before = '/';
    for (int i = path; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c] || c == '.' && before == '/') {
        return false;
      }
      before = c;
    }
    return true;
  }
}
