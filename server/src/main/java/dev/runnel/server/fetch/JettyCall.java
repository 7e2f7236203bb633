package dev.runnel.server.fetch;

import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One request of a program, and its answer. Safe from any thread. */
final class JettyCall implements Fetcher.Call {
  private final OutgoingRequest outgoing;
  private final Fetcher.Answer answer;
  private final AsyncRequestContent streamed = new AsyncRequestContent((String) null);

  /** True once the answer's head, or its absence, has been told. */
  private final AtomicBoolean told = new AtomicBoolean();

  private volatile @Nullable Request request;
  private volatile boolean aborted;

  JettyCall(OutgoingRequest outgoing, Fetcher.Answer answer) {
    this.outgoing = outgoing;
    this.answer = answer;
  }

  void begin(HttpClient client) {
    Request begun =
        client
            .newRequest(outgoing.host(), outgoing.port())
            .scheme(outgoing.secure() ? "https" : "http")
            .method(outgoing.method())
            .path(outgoing.target())
            .headers(
                fields -> {
                  for (Header header : outgoing.headers()) {
                    fields.add(header.name(), header.value());
                  }
                });
    body().ifPresent(begun::body);
    begun.onResponseContentSource(this::answered);
    request = begun;
    if (aborted) {
      failed(new IOException("The request was given up."));
    } else {
      begun.send(this::completed);
    }
  }

  private Optional<Request.Content> body() {
    return switch (outgoing.body()) {
      case OutgoingRequest.Body.None() -> Optional.empty();
      case OutgoingRequest.Body.Whole(byte[] bytes) ->
          Optional.of(new BytesRequestContent((String) null, bytes));
      case OutgoingRequest.Body.Streamed() -> Optional.of(streamed);
    };
  }

  private void answered(Response response, Content.Source source) {
    if (told.compareAndSet(false, true)) {
      tell(response, AnswerBody.of(source));
    } else {
      source.fail(new IOException("Nobody waits for the answer any more."));
    }
  }

  private void tell(Response response, RequestBody body) {
    List<Header> headers =
        response.getHeaders().stream()
            .map(
                field ->
                    new Header(field.getName(), Objects.requireNonNullElse(field.getValue(), "")))
            .toList();
    String reason = Objects.requireNonNullElse(response.getReason(), "");
    answer.head(new ResponseHead(response.getStatus(), reason, headers), body);
  }

  /** Of an answer whose body is read, this only says that it is over. */
  private void completed(Result result) {
    Throwable failure = result.getFailure();
    if (failure != null) {
      failed(failure);
    } else if (told.compareAndSet(false, true)) {
      tell(result.getResponse(), RequestBody.EMPTY);
    }
  }

  void failed(Throwable cause) {
    if (told.compareAndSet(false, true)) {
      var failure = NetworkFailure.of(cause);
      answer.failed(
          failure.code(),
          cause instanceof EgressException
              ? failure.sentence()
              : "%s:%d: %s".formatted(outgoing.host(), outgoing.port(), failure.sentence()));
    }
  }

  @Override
  public void write(ByteBuffer bytes, Runnable written) {
    streamed.write(bytes, Callback.from(written, _ -> {}));
  }

  @Override
  public void end() {
    streamed.close();
  }

  @Override
  public void abort() {
    aborted = true;
    Request begun = request;
    if (begun != null) {
      var _ = begun.abort(new IOException("The program gave up the request."));
    }
  }
}
