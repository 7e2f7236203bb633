package dev.runnel.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1.1 responses of one connection as they come, one after the other: as little as a load
 * generator needs (RFC 9112, sections 6 and 7.1).
 */
public final class ResponseReader {
  private static final int MAX_LINE = 8192;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [2-5]\\d\\d( .*)?");

  private enum Part {
    STATUS_LINE,
    HEADER,
    SIZED_BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Part part = Part.STATUS_LINE;
  private int status;
  private boolean chunked;
  private long left;
  private long bodyBytes;

  /** Takes what belongs to this response and leaves the rest. */
  public void read(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining() && part != Part.DONE) {
      if (part == Part.SIZED_BODY || part == Part.CHUNK) {
        skipBody(bytes);
      } else if (lineEnds(bytes)) {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        lineRead(text);
      }
    }
  }

  private void skipBody(ByteBuffer bytes) {
    int taken = (int) Math.min(left, bytes.remaining());
    bytes.position(bytes.position() + taken);
    bodyBytes += taken;
    left -= taken;
    if (left == 0) {
      part = chunked ? Part.CHUNK_END : Part.DONE;
    }
  }

  private boolean lineEnds(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n') {
        return true;
      }
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() > MAX_LINE) {
        throw new IOException("A server sent a line that is too long.");
      }
    }
    return false;
  }

  private void lineRead(String text) throws IOException {
    switch (part) {
      case STATUS_LINE -> statusLine(text);
      case HEADER -> header(text);
      case CHUNK_SIZE -> chunkSize(text);
      case CHUNK_END -> part = Part.CHUNK_SIZE;
      case TRAILER -> part = text.isEmpty() ? Part.DONE : Part.TRAILER;
      case SIZED_BODY, CHUNK, DONE -> throw new IllegalStateException("No line is due here.");
    }
  }

  private void statusLine(String text) throws IOException {
    if (!STATUS_LINE.matcher(text).matches()) {
      throw new IOException("A server answered \"%s\".".formatted(text));
    }
    status = Integer.parseInt(text.substring(9, 12));
    part = Part.HEADER;
  }

  private void header(String text) {
    if (text.isEmpty()) {
      part = chunked ? Part.CHUNK_SIZE : left == 0 ? Part.DONE : Part.SIZED_BODY;
      return;
    }
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1).trim();
    switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "content-length" -> left = Long.parseLong(value);
      case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
      default -> {}
    }
  }

  private void chunkSize(String text) {
    left = Long.parseLong(text, 16);
    part = left == 0 ? Part.TRAILER : Part.CHUNK;
  }

  /** Of the response whose first line has come. */
  public int status() {
    return status;
  }

  /** True once a byte of the body has come. */
  public boolean hasBegun() {
    return bodyBytes > 0;
  }

  public boolean isDone() {
    return part == Part.DONE;
  }

  public long bodyBytes() {
    return bodyBytes;
  }

  /** Gets ready for the connection's next response. */
  public void next() {
    part = Part.STATUS_LINE;
    chunked = false;
    left = 0;
    bodyBytes = 0;
  }
}
