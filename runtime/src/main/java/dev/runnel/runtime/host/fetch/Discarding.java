package dev.runnel.runtime.host.fetch;

import dev.runnel.runtime.http.RequestBody;
import java.nio.ByteBuffer;

/** Reads a body that nobody wants to its end, unless it is long. */
final class Discarding implements RequestBody.Receiver {
  private final RequestBody body;
  private long left;

  Discarding(RequestBody body, long most) {
    this.body = body;
    this.left = most;
  }

  void next() {
    body.read(this);
  }

  @Override
  public void chunk(ByteBuffer bytes) {
    left -= bytes.remaining();
    if (left < 0) {
      body.cancel();
    } else {
      next();
    }
  }

  @Override
  public void end() {}

  @Override
  public void failed(Throwable cause) {}
}
