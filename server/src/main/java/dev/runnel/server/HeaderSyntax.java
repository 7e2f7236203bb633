package dev.runnel.server;

import dev.runnel.runtime.http.Header;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What may stand in a header field (RFC 9110, section 5). Programs are checked here whatever their
 * isolate did before, so that no program can split a response.
 */
final class HeaderSyntax {
  private static final BitSet TOKEN = new BitSet(128);

  static {
    "!#$%&'*+-.^_`|~".chars().forEach(TOKEN::set);
    TOKEN.set('0', '9' + 1);
    TOKEN.set('A', 'Z' + 1);
    TOKEN.set('a', 'z' + 1);
  }

  private HeaderSyntax() {}

  /** A sentence on the first field that breaks the rules. */
  static Optional<String> complaint(List<Header> headers) {
    for (Header header : headers) {
      if (!isToken(header.name())) {
        return Optional.of("The header name %s is not valid.".formatted(quoted(header.name())));
      }
      if (!isFieldValue(header.value())) {
        return Optional.of(
            "The value of header %s has a character that is not allowed in it: %s."
                .formatted(header.name(), quoted(header.value())));
      }
    }
    return Optional.empty();
  }

  static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(TOKEN::get);
  }

  /** One byte a character, no control characters but the tab. */
  static boolean isFieldValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > 0xff || c == 0x7f || (c < ' ' && c != '\t')) {
        return false;
      }
    }
    return true;
  }

  private static String quoted(String text) {
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
    return '"' + LogText.oneLine(shown) + '"';
  }
}
