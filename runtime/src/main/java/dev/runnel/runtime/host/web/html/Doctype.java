package dev.runnel.runtime.host.web.html;

import org.jspecify.annotations.Nullable;

/** What stands between {@code <!DOCTYPE} and {@code >}. */
record Doctype(@Nullable String name, @Nullable String publicId, @Nullable String systemId) {

  static Doctype of(String text) {
    Scan scan = new Scan(text);
    String name = scan.word();
    String keyword = scan.word();
    if (keyword != null && keyword.equals("public")) {
      return new Doctype(name, scan.quoted(), scan.quoted());
    }
    boolean isSystem = keyword != null && keyword.equals("system");
    return new Doctype(name, null, isSystem ? scan.quoted() : null);
  }

  private static final class Scan {
    private final String text;
    private int at;

    Scan(String text) {
      this.text = text;
    }

    @Nullable String word() {
      skipSpace();
      int from = at;
      while (at < text.length() && !isSpace(text.charAt(at)) && !isQuote(text.charAt(at))) {
        at++;
      }
      return from == at ? null : StartTag.lowerCase(text.substring(from, at));
    }

    @Nullable String quoted() {
      skipSpace();
      if (at == text.length() || !isQuote(text.charAt(at))) {
        return null;
      }
      int to = text.indexOf(text.charAt(at), at + 1);
      String found = text.substring(at + 1, to < 0 ? text.length() : to);
      at = to < 0 ? text.length() : to + 1;
      return found;
    }

    private void skipSpace() {
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
    }

    private static boolean isQuote(char c) {
      return c == '"' || c == '\'';
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
  }
}
