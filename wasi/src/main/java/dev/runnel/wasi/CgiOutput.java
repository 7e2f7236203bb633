package dev.runnel.wasi;

import dev.runnel.runtime.http.ResponseSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program's standard output as the answer to a request. What comes after the head leaves at once;
 * above 64 KB that the network hasn't taken, the program waits.
 *
 * <p>For the program's thread, but for what the network calls.
 */
final class CgiOutput extends OutputStream {
  private static final int LONGEST_HEAD = 64 << 10;
  private static final int MOST_WAITING = 64 << 10;
  private static final int PIECE = 16 << 10;

  private final ResponseSink sink;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private Optional<CgiHead> head = Optional.empty();
  private Optional<String> mistake = Optional.empty();
  private long waiting;

  CgiOutput(ResponseSink sink) {
    this.sink = sink;
  }

  Optional<CgiHead> head() {
    return head;
  }

  /** Why nothing could be sent. */
  Optional<String> mistake() {
    return mistake;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (mistake.isPresent()) {
      throw new IOException("Broken pipe");
    }
    if (head.isPresent()) {
      send(bytes, from, count);
    } else {
      begin(bytes, from, count);
    }
  }

  private void begin(byte[] bytes, int from, int count) throws IOException {
    begun.write(bytes, from, count);
    byte[] all = begun.toByteArray();
    int end = endOfHead(all);
    if (end > LONGEST_HEAD || end < 0 && all.length > LONGEST_HEAD) {
      fail("The program's head is longer than %d bytes.".formatted(LONGEST_HEAD));
    } else if (end >= 0) {
      startWith(new String(all, 0, end, StandardCharsets.ISO_8859_1));
      begun.reset();
      send(all, end, all.length - end);
    }
  }

  /** Behind the first empty line, or -1. Lines end with LF or CR LF. */
  private static int endOfHead(byte[] bytes) {
    int lineStart = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        boolean isEmpty = i == lineStart || i == lineStart + 1 && bytes[lineStart] == '\r';
        if (isEmpty) {
          return i + 1;
        }
        lineStart = i + 1;
      }
    }
    return -1;
  }

  private void startWith(String text) throws IOException {
    try {
      CgiHead parsed = CgiHead.parse(text.strip());
      head = Optional.of(parsed);
      if (parsed.redirect().isEmpty()) {
        sink.head(parsed.head());
        sink.flush();
      }
    } catch (CgiHead.WrongException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void fail(String sentence) throws IOException {
    mistake = Optional.of(sentence);
    throw new IOException("Broken pipe");
  }

  private void send(byte[] bytes, int from, int count) throws IOException {
    if (head.flatMap(CgiHead::redirect).isPresent()) {
      return;
    }
    for (int sent = 0; sent < count; sent += PIECE) {
      int size = Math.min(PIECE, count - sent);
      byte[] piece = Arrays.copyOfRange(bytes, from + sent, from + sent + size);
      awaitRoom(size);
      sink.write(ByteBuffer.wrap(piece), () -> taken(size));
      sink.flush();
    }
  }

  private synchronized void awaitRoom(int size) throws InterruptedIOException {
    while (waiting > MOST_WAITING) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while the network was busy.");
      }
    }
    waiting += size;
  }

  private synchronized void taken(int size) {
    waiting -= size;
    notifyAll();
  }

  /** The program has ended well. */
  void end() {
    sink.end(List.of());
    sink.flush();
  }
}
