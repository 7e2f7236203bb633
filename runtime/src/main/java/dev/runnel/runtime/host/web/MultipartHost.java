package dev.runnel.runtime.host.web;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Backs {@code js/internal/multipart.js}: finds the parts of a multipart body (RFC 2046, 5.1.1).
 */
public final class MultipartHost {

  /** Where a part's headers and content are in the body. */
  private record Part(int headers, int headersEnd, int content, int contentEnd) {}

  private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  public HostModule module() {
    return HostModule.named("multipart").function("partsOf", MultipartHost::partsOf);
  }

  private static JsValue partsOf(Arguments args) {
    byte[] body = args.copyOfBytes(0, "body");
    String boundary = args.string(1, "boundary");
    return new Scan(body, boundary).parts().map(MultipartHost::pack).orElse(JsValue.UNDEFINED);
  }

  private static JsValue pack(List<Part> parts) {
    var offsets =
        ByteBuffer.allocate(parts.size() * 4 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Part part : parts) {
      offsets
          .putInt(part.headers)
          .putInt(part.headersEnd)
          .putInt(part.content)
          .putInt(part.contentEnd);
    }
    return JsValue.of(offsets.array());
  }

  private static final class Scan {
    private final byte[] body;

    /** With the line end that belongs to it. */
    private final byte[] delimiter;

    private int position;

    Scan(byte[] body, String boundary) {
      this.body = body;
      this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    Optional<List<Part>> parts() {
      List<Part> parts = new ArrayList<>();
      if (!skipPreamble()) {
        return Optional.empty();
      }
      while (!startsWith("--")) {
        if (!startsWith("\r\n")) {
          return Optional.empty();
        }
        position += 2;
        var part = part();
        if (part.isEmpty()) {
          return Optional.empty();
        }
        parts.add(part.get());
      }
      return Optional.of(parts);
    }

    private boolean skipPreamble() {
      int length = delimiter.length - 2;
      boolean atStart = matches(delimiter, 2, 0);
      int found = atStart ? 0 : indexOf(delimiter, 0);
      if (found < 0) {
        return false;
      }
      position = atStart ? length : found + delimiter.length;
      return true;
    }

    private Optional<Part> part() {
      int headers = position;
      // A part without headers starts with the empty line itself.
      int headersEnd = startsWith("\r\n") ? position - 2 : indexOf(HEADERS_END, position);
      if (headersEnd < 0) {
        return Optional.empty();
      }
      int content = headersEnd + HEADERS_END.length;
      int end = indexOf(delimiter, content - 2);
      if (end < 0) {
        return Optional.empty();
      }
      position = end + delimiter.length;
      return Optional.of(
          new Part(headers, Math.max(headers, headersEnd), content, Math.max(content, end)));
    }

    private boolean startsWith(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (position + i >= body.length || body[position + i] != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private int indexOf(byte[] wanted, int from) {
      for (int i = from; i <= body.length - wanted.length; i++) {
        if (matches(wanted, 0, i)) {
          return i;
        }
      }
      return -1;
    }

    private boolean matches(byte[] wanted, int skip, int at) {
      if (at + wanted.length - skip > body.length) {
        return false;
      }
      for (int i = skip; i < wanted.length; i++) {
        if (body[at + i - skip] != wanted[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
