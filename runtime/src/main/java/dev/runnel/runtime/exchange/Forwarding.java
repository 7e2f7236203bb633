package dev.runnel.runtime.exchange;

import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseSink;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A body on its way from one connection to another. A chunk is read when the one before has been
 * taken, on whatever thread says so: one at a time, never two.
 */
final class Forwarding implements RequestBody.Receiver {
  private final RequestBody body;
  private final ResponseSink sink;
  private final Runnable over;

  /**
   * @param over run once, when the last has been said to the sink
   */
  Forwarding(RequestBody body, ResponseSink sink, Runnable over) {
    this.body = body;
    this.sink = sink;
    this.over = over;
  }

  void next() {
    if (sink.givesBuffersBack()) {
      body.lend(this);
    } else {
      body.read(this);
    }
  }

  void cancel() {
    body.cancel();
  }

  @Override
  public void chunk(ByteBuffer bytes) {
    sink.write(bytes, this::next);
    sink.flush();
  }

  @Override
  public void end() {
    sink.end(List.of());
    sink.flush();
    over.run();
  }

  @Override
  public void failed(Throwable cause) {
    sink.fail(new ResponseFailure(502, "", "The answer that was passed on broke off: " + cause));
    over.run();
  }
}
