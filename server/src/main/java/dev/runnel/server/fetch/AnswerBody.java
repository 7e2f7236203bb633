package dev.runnel.server.fetch;

import dev.runnel.runtime.http.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as Jetty receives it. But for what came together with its head, nothing is read
 * from the connection before someone asks, so a program that pauses makes the other host pause.
 */
final class AnswerBody implements RequestBody {
  /** What is read before anyone asks: a body that ends in it gives its connection back at once. */
  private static final int MOST_AT_ONCE = 16 << 10;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Content.Source source;

  /** Read already, and to be given first. */
  private ByteBuffer early;

  /** What came after it in place of more. */
  private final @Nullable Throwable broken;

  /**
   * What the receiver looks at. It goes back when the next chunk is asked for and not before: one
   * that gave up may still be writing it.
   */
  private Content.@Nullable Chunk lent;

  private AnswerBody(Content.Source source, ByteBuffer early, @Nullable Throwable broken) {
    this.source = source;
    this.early = early;
    this.broken = broken;
  }

  /** Called where the head was received; reads what has come with it. */
  static RequestBody of(Content.Source source) {
    Content.Chunk chunk = next(source);
    ByteBuffer early = NOTHING;
    while (chunk != null && !Content.Chunk.isFailure(chunk)) {
      early = joined(early, chunk);
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        return RequestBody.of(early.array());
      }
      if (early.remaining() >= MOST_AT_ONCE) {
        break;
      }
      chunk = next(source);
    }
    return new AnswerBody(source, early, chunk == null ? null : chunk.getFailure());
  }

  private static ByteBuffer joined(ByteBuffer early, Content.Chunk chunk) {
    byte[] bytes = new byte[early.remaining() + chunk.remaining()];
    int length = early.remaining();
    early.get(bytes, 0, length);
    chunk.get(bytes, length, chunk.remaining());
    return ByteBuffer.wrap(bytes);
  }

  /** Null when nothing has come yet; never empty unless it is the last. */
  private static Content.@Nullable Chunk next(Content.Source source) {
    Content.Chunk chunk = source.read();
    while (chunk != null && !chunk.hasRemaining() && !chunk.isLast()) {
      chunk.release();
      chunk = source.read();
    }
    return chunk;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    give(receiver, false);
  }

  @Override
  public void lend(Receiver receiver) {
    Content.Chunk before = lent;
    if (before != null) {
      lent = null;
      before.release();
    }
    give(receiver, true);
  }

  private void give(Receiver receiver, boolean lends) {
    if (early.hasRemaining()) {
      ByteBuffer given = early;
      early = NOTHING;
      receiver.chunk(given);
      return;
    }
    if (broken != null) {
      fail(receiver, broken);
      return;
    }
    Content.Chunk chunk = next(source);
    if (chunk == null) {
      source.demand(() -> give(receiver, lends));
    } else if (Content.Chunk.isFailure(chunk)) {
      fail(receiver, chunk.getFailure());
    } else if (chunk.hasRemaining() && lends) {
      lent = chunk;
      receiver.chunk(chunk.getByteBuffer());
    } else if (chunk.hasRemaining()) {
      receiver.chunk(copyOf(chunk));
    } else {
      chunk.release();
      receiver.end();
    }
  }

  private static void fail(Receiver receiver, Throwable cause) {
    receiver.failed(new IOException(NetworkFailure.of(cause).sentence(), cause));
  }

  private static ByteBuffer copyOf(Content.Chunk chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes, 0, bytes.length);
    chunk.release();
    return ByteBuffer.wrap(bytes);
  }

  /** Closes the connection, unless the body has been read. */
  @Override
  public void cancel() {
    source.fail(new IOException("The body was given up."));
  }
}
