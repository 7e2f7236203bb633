package dev.runnel.runtime.kv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails when there is more than so much. */
final class LimitedInput extends FilterInputStream {
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private long left;

  LimitedInput(InputStream in, long most) {
    super(in);
    left = most;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  private void count(int read) throws TooLong {
    left -= read;
    if (left < 0) {
      throw new TooLong();
    }
  }
}
