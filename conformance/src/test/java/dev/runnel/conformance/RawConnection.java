package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Enumeration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A socket on which a test sees what arrives as it arrives. */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLISECONDS = 60_000;

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("^content-length: (\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final Socket socket = new Socket();
  private final InputStream in;

  RawConnection(InetSocketAddress address) throws IOException {
    this(address, OptionalInt.empty());
  }

  private RawConnection(InetSocketAddress address, OptionalInt receiveBuffer) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLISECONDS);
    socket.setTcpNoDelay(true);
    if (receiveBuffer.isPresent()) {
      socket.setReceiveBufferSize(receiveBuffer.getAsInt());
    }
    socket.connect(address);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One that takes little as long as nobody reads from it. */
  static RawConnection thatTakesLittle(InetSocketAddress address) throws IOException {
    return new RawConnection(address, OptionalInt.of(16 << 10));
  }

  void get(String target) throws IOException {
    send("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** The status line and the headers, with the empty line after them. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append(readLine());
    }
    return head.toString();
  }

  /** One chunk of a chunked body, without its frame; {@code ""} after the last. */
  String readChunk() throws IOException {
    return new String(readChunkBytes(), UTF_8);
  }

  private byte[] readChunkBytes() throws IOException {
    // A chunk's own line end may be sent with the next chunk only, so it isn't waited for.
    String size = readLine().strip();
    if (size.isEmpty()) {
      size = readLine().strip();
    }
    return readBytes(Integer.parseInt(size, 16));
  }

  /** A chunked body's bytes; a read gives what one chunk brought and waits for no more. */
  InputStream chunked() {
    return new SequenceInputStream(
        new Enumeration<>() {
          private byte[] next = {};
          private boolean ended;

          @Override
          public boolean hasMoreElements() {
            if (!ended && next.length == 0) {
              next = readNext();
              ended = next.length == 0;
            }
            return !ended;
          }

          @Override
          public InputStream nextElement() {
            InputStream chunk = new ByteArrayInputStream(next);
            next = new byte[0];
            return chunk;
          }
        });
  }

  private byte[] readNext() {
    try {
      return readChunkBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads chunks until one brings the text; returns all of them. */
  String readChunksUntil(String text) throws IOException {
    StringBuilder body = new StringBuilder();
    while (body.indexOf(text) < 0) {
      String chunk = readChunk();
      if (chunk.isEmpty()) {
        throw new AssertionError("The body ended without \"%s\": %s".formatted(text, body));
      }
      body.append(chunk);
    }
    return body.toString();
  }

  /** The body that this head announces, whichever way it is framed. */
  String readBody(String head) throws IOException {
    Matcher length = CONTENT_LENGTH.matcher(head);
    return length.find() ? readExactly(Integer.parseInt(length.group(1))) : readChunks();
  }

  private String readExactly(int length) throws IOException {
    return new String(readBytes(length), UTF_8);
  }

  private byte[] readBytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException(
          "The connection ended after %d bytes of %d.".formatted(bytes.length, length));
    }
    return bytes;
  }

  /** The rest of a chunked body. */
  String readChunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
      body.append(chunk);
    }
    return body.toString();
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int last = -1;
    while (last != '\n') {
      last = in.read();
      if (last < 0) {
        throw new IOException("The connection ended after \"%s\".".formatted(line));
      }
      line.write(last);
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
