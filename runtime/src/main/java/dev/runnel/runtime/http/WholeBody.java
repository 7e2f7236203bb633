package dev.runnel.runtime.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body in memory. */
final class WholeBody implements RequestBody {
  private final byte[] bytes;
  private boolean taken;

  WholeBody(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public @Nullable ByteBuffer takeWhole() {
    ByteBuffer whole = taken ? null : ByteBuffer.wrap(bytes);
    taken = true;
    return whole;
  }

  @Override
  public void read(Receiver receiver) {
    if (taken) {
      receiver.end();
    } else {
      taken = true;
      receiver.chunk(ByteBuffer.wrap(bytes));
    }
  }

  @Override
  public void cancel() {
    taken = true;
  }
}
