package dev.runnel.server;

import java.util.List;
import java.util.Random;

/** Connections full of requests, the same for the same seed. */
final class RandomRequests {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "FROB", "HEAD2");
  private static final List<String> TARGETS =
      List.of("/", "/a?b=c", "/x/%2e%2e/y", "/;p//", "/a%2Fb%ff");
  private static final List<String> FIELDS =
      List.of(
          "Accept: */*",
          "X-Empty:",
          "X-Text: \u00fc b\tc",
          "Cookie: a=b; c=d",
          "TE: trailers",
          "Content-Type: text/plain",
          "Connection: keep-alive",
          "X-Forwarded-For: 1.2.3.4");

  /** What parsers trip over. */
  private static final List<String> TRICKS =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\r\n\r\n",
          "\0",
          " ",
          "\t",
          ":",
          ";",
          ",",
          "\u000b",
          "\u0080",
          "\u00ff",
          "0\r\n\r\n",
          "-",
          "+",
          "0x",
          "ffffffffffffffff",
          "\r\n ",
          "#",
          "*",
          "//",
          "@",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Content-Length: 3\r\n",
          "Content-Length: 3, 3\r\n",
          "Content-Length : 3\r\n",
          "Host: b\r\n",
          "HTTP/1.1",
          "HTTP/1.0",
          "HTTP/2.0",
          "Connection: close\r\n",
          "Expect: 100-continue\r\n",
          "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");

  private final Random random;

  RandomRequests(long seed) {
    this.random = new Random(seed);
  }

  /** One to three requests that no server may refuse. */
  String good() {
    StringBuilder connection = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      connection.append(request());
    }
    return connection.toString();
  }

  /** Good requests, into which some bytes came, or from which some went. */
  String spoilt() {
    StringBuilder bytes = new StringBuilder(good());
    for (int i = random.nextInt(4); i >= 0; i--) {
      spoil(bytes);
    }
    return bytes.toString();
  }

  private String request() {
    StringBuilder request = new StringBuilder();
    request
        .append(any(METHODS))
        .append(' ')
        .append(any(TARGETS))
        .append(" HTTP/1.1\r\nHost: a\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      request.append(any(FIELDS)).append("\r\n");
    }
    return switch (random.nextInt(3)) {
      case 0 -> request.append("\r\n").toString();
      case 1 -> {
        String body = text(random.nextInt(40));
        yield request + "Content-Length: " + body.length() + "\r\n\r\n" + body;
      }
      default -> request + "Transfer-Encoding: chunked\r\n\r\n" + chunks();
    };
  }

  private String chunks() {
    StringBuilder chunks = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String text = text(1 + random.nextInt(20));
      chunks.append(Integer.toHexString(text.length()));
      chunks
          .append(random.nextInt(4) == 0 ? ";a=b" : "")
          .append("\r\n")
          .append(text)
          .append("\r\n");
    }
    chunks.append("0\r\n");
    return chunks.append(random.nextInt(4) == 0 ? "X-Trailer: t\r\n\r\n" : "\r\n").toString();
  }

  private void spoil(StringBuilder bytes) {
    int at = random.nextInt(bytes.length() + 1);
    int until = Math.min(bytes.length(), at + 1 + random.nextInt(6));
    switch (random.nextInt(5)) {
      case 0 -> bytes.insert(at, any(TRICKS));
      case 1 -> bytes.delete(at, until);
      case 2 -> bytes.insert(at, bytes.substring(at, until));
      case 3 -> bytes.replace(at, until, any(TRICKS));
      default -> atALine(bytes);
    }
  }

  /** Most tricks need the start of a line. */
  private void atALine(StringBuilder bytes) {
    int at = bytes.indexOf("\r\n", random.nextInt(bytes.length()));
    bytes.insert(at < 0 ? 0 : at + 2, any(TRICKS));
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(random.nextInt(8) == 0 ? any(TRICKS) : "x");
    }
    return text.substring(0, length);
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
