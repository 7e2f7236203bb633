package dev.runnel.runtime.host.fetch;

import dev.runnel.codec.CodecMemoryException;
import dev.runnel.runtime.host.web.compression.Codec;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.limit.DecompressionLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/**
 * A compressed body as what it stands for, unpacked only as far as it is read. Read by one thread
 * at a time, as every body.
 */
final class DecodedBody implements RequestBody, RequestBody.Receiver {
  private static final int PIECE = 64 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final RequestBody encoded;
  private final Codec codec;
  private final DecompressionLimits limits;
  private ByteBuffer input = NOTHING;
  private Receiver waiting = new Nobody();
  private boolean hasMore;
  private boolean closed;
  private long taken;
  private long given;

  DecodedBody(RequestBody encoded, Codec codec, DecompressionLimits limits) {
    this.encoded = encoded;
    this.codec = codec;
    this.limits = limits;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    waiting = receiver;
    if (input.hasRemaining() || hasMore) {
      decode();
    } else {
      encoded.read(this);
    }
  }

  @Override
  public void chunk(ByteBuffer bytes) {
    input = bytes;
    decode();
  }

  private void decode() {
    ByteBuffer output = ByteBuffer.allocate(PIECE);
    int before = input.remaining();
    try {
      run(output);
    } catch (DataFormatException e) {
      fail("The body is not what its Content-Encoding says: " + e.getMessage());
      return;
    } catch (CodecMemoryException e) {
      fail("The compressed body is refused: " + e.getMessage());
      return;
    }
    taken += before - input.remaining();
    given += output.position();
    hasMore = !output.hasRemaining();
    if (limits.areCrossed(taken, given)) {
      fail("The compressed body is refused: %d bytes became %d.".formatted(taken, given));
    } else if (output.position() > 0) {
      waiting.chunk(output.flip());
    } else {
      // Nothing came out: what is left of the input lies behind the stream's end.
      input = NOTHING;
      encoded.read(this);
    }
  }

  /** A cancelled body may be given back while another thread unpacks. */
  private synchronized void run(ByteBuffer output) throws DataFormatException {
    if (!closed) {
      codec.run(input, output, Codec.Flush.NONE);
    }
  }

  private void fail(String sentence) {
    cancel();
    waiting.failed(new IOException(sentence));
  }

  /**
   * A body that ends in mid-stream gives what there is, as browsers do; no bytes at all are none.
   */
  @Override
  public void end() {
    close();
    waiting.end();
  }

  @Override
  public void failed(Throwable cause) {
    close();
    waiting.failed(cause);
  }

  @Override
  public void cancel() {
    encoded.cancel();
    close();
  }

  private synchronized void close() {
    if (!closed) {
      closed = true;
      codec.close();
    }
  }

  private static final class Nobody implements Receiver {
    @Override
    public void chunk(ByteBuffer bytes) {}

    @Override
    public void end() {}

    @Override
    public void failed(Throwable cause) {}
  }
}
