package dev.runnel.runtime.binding;

import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request from one program to another, and where its answer arrives. What has not been taken
 * yet waits in two pipes, and the writers' back-pressure keeps both short.
 */
final class ServiceCall implements ResponseSink {
  private final Pipe upload;
  private final Pipe download = new Pipe(this::abort);
  private final Fetcher.Answer answer;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean given = new AtomicBoolean();
  private final AtomicReference<RequestHandler.@Nullable Ticket> ticket = new AtomicReference<>();

  ServiceCall(Pipe upload, Fetcher.Answer answer) {
    this.upload = upload;
    this.answer = answer;
  }

  void sentAs(RequestHandler.Ticket sent) {
    ticket.set(sent);
    if (given.get()) {
      sent.clientGone();
    }
  }

  /** What the asking side holds. */
  Fetcher.Call call() {
    return new Fetcher.Call() {
      @Override
      public void write(ByteBuffer bytes, Runnable written) {
        upload.write(bytes, written);
      }

      @Override
      public void end() {
        upload.end();
      }

      @Override
      public void abort() {
        ServiceCall.this.abort();
      }
    };
  }

  private void abort() {
    given.set(true);
    upload.fail(new IOException("The program that asked gave up its request."));
    var sent = ticket.get();
    if (sent != null) {
      sent.clientGone();
    }
  }

  @Override
  public void informational(int status, List<Header> headers) {}

  @Override
  public void head(ResponseHead head) {
    answered.set(true);
    answer.head(head, download);
  }

  @Override
  public void write(ByteBuffer bytes, Runnable written) {
    download.write(bytes, written);
  }

  @Override
  public void end(List<Header> trailers) {
    download.end();
  }

  @Override
  public void fail(ResponseFailure failure) {
    if (answered.compareAndSet(false, true)) {
      answer.failed("ECONNRESET", failure.sentence());
    } else {
      download.fail(new IOException(failure.sentence()));
    }
  }
}
