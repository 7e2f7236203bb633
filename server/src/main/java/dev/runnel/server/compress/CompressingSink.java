package dev.runnel.server.compress;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketEvents;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compresses an answer on the isolate's thread, so that it costs whom it is for. Each flush of the
 * program reaches the client as a whole: what a decoder has after it is what the program wrote
 * before it.
 *
 * <p>Called on the isolate's thread, but for {@link #release}; this object guards the encoder.
 */
public final class CompressingSink implements ResponseSink {
  private final ResponseSink sink;
  private final Compression compression;
  private final List<String> accepted;
  private final List<Runnable> written = new ArrayList<>();
  private @Nullable Encoder encoder;
  private boolean pending;
  private boolean released;

  CompressingSink(ResponseSink sink, Compression compression, List<String> accepted) {
    this.sink = sink;
    this.compression = compression;
    this.accepted = accepted;
  }

  @Override
  public void informational(int status, List<Header> headers) {
    sink.informational(status, headers);
  }

  @Override
  public synchronized void head(ResponseHead head) {
    if (encoder != null || !Compression.isWorthIt(head)) {
      sink.head(head);
      return;
    }
    var chosen = compression.encoder(accepted);
    if (released || chosen.isEmpty()) {
      chosen.ifPresent(unused -> unused.getValue().close());
      sink.head(head);
      return;
    }
    encoder = chosen.get().getValue();
    List<Header> headers = coded(head.headers(), chosen.get().getKey());
    sink.head(new ResponseHead(head.status(), head.reason(), headers));
  }

  /** RFC 9110, section 8.8.1: another coding is another representation, so no strong validator. */
  private static List<Header> coded(List<Header> headers, String coding) {
    List<Header> coded = new ArrayList<>();
    for (Header header : headers) {
      switch (header.name().toLowerCase(Locale.ROOT)) {
        case "content-length", "accept-ranges" -> {}
        case "etag" -> coded.add(new Header(header.name(), weak(header.value())));
        default -> coded.add(header);
      }
    }
    coded.add(new Header("Content-Encoding", coding));
    coded.add(new Header("Vary", "Accept-Encoding"));
    return coded;
  }

  private static String weak(String etag) {
    return etag.startsWith("W/") ? etag : "W/" + etag;
  }

  @Override
  public synchronized void write(ByteBuffer bytes, Runnable whenWritten) {
    Encoder coding = encoder;
    if (released) {
      return;
    }
    if (coding == null) {
      sink.write(bytes, whenWritten);
    } else {
      coding.write(bytes);
      written.add(whenWritten);
      pending = true;
    }
  }

  @Override
  public synchronized void flush() {
    Encoder coding = encoder;
    if (coding != null && pending) {
      send(coding.flushed());
    }
    sink.flush();
  }

  /** What the program wrote counts as taken when the network has taken what became of it. */
  private void send(ByteBuffer coded) {
    List<Runnable> tell = List.copyOf(written);
    written.clear();
    pending = false;
    sink.write(coded, () -> tell.forEach(Runnable::run));
  }

  @Override
  public synchronized void end(List<Header> trailers) {
    Encoder coding = encoder;
    if (coding != null) {
      send(coding.finished());
      close();
    }
    sink.end(trailers);
  }

  @Override
  public void upgrade(SocketAnswer answer, SocketEvents events) {
    sink.upgrade(answer, events);
  }

  @Override
  public synchronized void fail(ResponseFailure failure) {
    close();
    sink.fail(failure);
  }

  /** The exchange is over, whether the program has seen that or not. Any thread may call this. */
  public synchronized void release() {
    released = true;
    close();
  }

  private void close() {
    Encoder coding = encoder;
    encoder = null;
    if (coding != null) {
      coding.close();
    }
  }
}
