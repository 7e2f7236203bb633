package dev.runnel.server.fetch;

import dev.runnel.runtime.http.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;

/**
 * An answer's body as Jetty receives it. Nothing is read from the connection before someone asks,
 * so a program that pauses makes the other host pause.
 */
final class AnswerBody implements RequestBody {
  private final Content.Source source;

  AnswerBody(Content.Source source) {
    this.source = source;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    Content.Chunk chunk = source.read();
    while (chunk != null && !chunk.hasRemaining() && !chunk.isLast()) {
      chunk.release();
      chunk = source.read();
    }
    if (chunk == null) {
      source.demand(() -> read(receiver));
    } else if (Content.Chunk.isFailure(chunk)) {
      receiver.failed(
          new IOException(NetworkFailure.of(chunk.getFailure()).sentence(), chunk.getFailure()));
    } else if (chunk.hasRemaining()) {
      receiver.chunk(copyOf(chunk));
    } else {
      chunk.release();
      receiver.end();
    }
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
