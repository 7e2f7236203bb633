package dev.runnel.runtime.http;

import java.nio.ByteBuffer;

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
