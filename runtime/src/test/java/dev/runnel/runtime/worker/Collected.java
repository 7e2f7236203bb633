package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An answer as a test asks about it: its body when it was whole, else why it wasn't. */
final class Collected implements ResponseSink {
  /** What has become of a request: exactly one of both says something. */
  record Outcome(String body, String limit, String failure) {}

  private final StringBuilder body = new StringBuilder();
  private final CompletableFuture<Boolean> bytes = new CompletableFuture<>();
  private final boolean takes;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  Collected() {
    this(true);
  }

  private Collected(boolean takes) {
    this.takes = takes;
  }

  /** One whose client never reads. */
  static Collected thatTakesNothing() {
    return new Collected(false);
  }

  /** Waits until something of the body has come. */
  void awaitBytes() {
    bytes.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Waits for the end. */
  Outcome outcome() {
    return outcome.orTimeout(60, TimeUnit.SECONDS).join();
  }

  boolean isOver() {
    return outcome.isDone();
  }

  @Override
  public void informational(int status, List<Header> headers) {}

  @Override
  public void head(ResponseHead head) {}

  @Override
  public void write(ByteBuffer chunk, Runnable written) {
    body.append(StandardCharsets.UTF_8.decode(chunk));
    bytes.complete(true);
    if (takes) {
      written.run();
    }
  }

  @Override
  public void end(List<Header> trailers) {
    if (!takes) {
      return;
    }
    outcome.complete(new Outcome(body.toString(), "", ""));
  }

  @Override
  public void fail(ResponseFailure failure) {
    outcome.complete(new Outcome("", failure.limit(), failure.status() + " " + failure.sentence()));
  }
}
