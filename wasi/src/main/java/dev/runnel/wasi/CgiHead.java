package dev.runnel.wasi;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What stands before the first empty line of a program's output: RFC 3875, section 6.
 *
 * @param redirect a path on this server that is to be answered instead
 */
record CgiHead(ResponseHead head, Optional<String> redirect) {
  private static final int OK = 200;
  private static final int FOUND = 302;
  private static final int HIGHEST = 599;

  /** Fields of the connection, which is the server's. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** A head that says nothing that could be sent. */
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongException(String sentence) {
      super(sentence, null, false, false);
    }
  }

  /**
   * @param text its lines, without the empty one
   */
  static CgiHead parse(String text) throws WrongException {
    int status = 0;
    String reason = "";
    Optional<String> location = Optional.empty();
    List<Header> headers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Header field = field(line);
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.equals("status")) {
        status = status(field.value());
        reason = field.value().substring(3).strip();
      } else if (!LEFT_OUT.contains(name)) {
        headers.add(field);
      }
      if (name.equals("location")) {
        location = Optional.of(field.value());
      }
    }
    if (headers.isEmpty() && status == 0) {
      throw new WrongException("The program's output begins with no header.");
    }
    boolean isLocal =
        status == 0
            && location.filter(to -> to.startsWith("/") && !to.startsWith("//")).isPresent();
    int usual = location.isPresent() ? FOUND : OK;
    ResponseHead head = new ResponseHead(status == 0 ? usual : status, reason, headers);
    return new CgiHead(head, isLocal ? location : Optional.empty());
  }

  private static Header field(String line) throws WrongException {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon);
    String value = line.substring(colon + 1).strip();
    if (!HeaderRules.isToken(name) || !HeaderRules.isFieldText(value)) {
      throw new WrongException("A line of the program's head is no header.");
    }
    return new Header(name, value);
  }

  private static int status(String value) throws WrongException {
    if (value.matches("[2-5]\\d\\d( .*)?") && Integer.parseInt(value.substring(0, 3)) <= HIGHEST) {
      return Integer.parseInt(value.substring(0, 3));
    }
    throw new WrongException("The program's Status is none that an answer can have.");
  }
}
