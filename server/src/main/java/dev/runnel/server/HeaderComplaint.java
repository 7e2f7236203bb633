package dev.runnel.server;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import java.util.List;
import java.util.Optional;

/**
 * The last look at a program's headers before they are on the wire. Whatever an isolate or a
 * handler did before, no program can split a response here.
 */
final class HeaderComplaint {
  private HeaderComplaint() {}

  /** A sentence on the first field that breaks the rules. */
  static Optional<String> about(List<Header> headers) {
    for (Header header : headers) {
      if (!HeaderRules.isToken(header.name())) {
        return Optional.of("The header name %s is not valid.".formatted(quoted(header.name())));
      }
      if (!HeaderRules.isFieldText(header.value())) {
        return Optional.of(
            "The value of header %s has a character that is not allowed in it: %s."
                .formatted(header.name(), quoted(header.value())));
      }
    }
    return Optional.empty();
  }

  private static String quoted(String text) {
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
    return '"' + LogText.oneLine(shown) + '"';
  }
}
