package dev.runnel.server.assets;

import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Part of a file on its way to a client, at most two chunks of it in memory. Belongs to the virtual
 * thread that sends; {@link #cancel} may come from any.
 */
final class FileBody {
  private static final int CHUNK = 64 << 10;

  private final SeekableByteChannel file;
  private final ResponseSink sink;
  private final Semaphore room = new Semaphore(2);
  private volatile boolean cancelled;

  FileBody(SeekableByteChannel file, ResponseSink sink) {
    this.file = file;
    this.sink = sink;
  }

  void cancel() {
    cancelled = true;
    room.release();
  }

  /** Closes the file, in whatever way this ends. */
  void send(long from, long count) {
    try (file) {
      file.position(from);
      long left = count;
      while (left > 0 && !cancelled) {
        room.acquire();
        left -= sendChunk(left);
      }
      if (!cancelled) {
        sink.end(List.of());
        sink.flush();
      }
    } catch (IOException e) {
      fail("The file can't be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("The server is stopping.");
    }
  }

  private int sendChunk(long left) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, left));
    while (chunk.hasRemaining()) {
      if (file.read(chunk) < 0) {
        throw new IOException("it has become shorter");
      }
    }
    sink.write(chunk.flip(), room::release);
    sink.flush();
    return chunk.limit();
  }

  /** An answer without a body. */
  void end() {
    send(0, 0);
  }

  private void fail(String sentence) {
    sink.fail(new ResponseFailure(500, "", sentence));
  }
}
