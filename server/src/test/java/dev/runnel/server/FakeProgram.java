package dev.runnel.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in for an isolate: a test takes each request and answers it step by step. */
final class FakeProgram implements RequestHandler {
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  @Override
  public Ticket handle(WorkerRequest request, ResponseSink sink) {
    Call call = new Call(request, sink);
    calls.add(call);
    return call.gone::countDown;
  }

  Call next() throws InterruptedException {
    Call call = calls.poll(5, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("No request has come.");
    }
    return call;
  }

  boolean isAskedWithin(long millis) throws InterruptedException {
    Call call = calls.poll(millis, TimeUnit.MILLISECONDS);
    return call != null && calls.add(call);
  }

  boolean wasAsked() {
    return !calls.isEmpty();
  }

  /** One request in the program's hands. */
  static final class Call {
    final WorkerRequest request;
    final ResponseSink sink;
    final CountDownLatch gone = new CountDownLatch(1);
    final AtomicLong outstanding = new AtomicLong();

    Call(WorkerRequest request, ResponseSink sink) {
      this.request = request;
      this.sink = sink;
    }

    Call head(int status, String... namesAndValues) {
      sink.head(new ResponseHead(status, "", headers(namesAndValues)));
      sink.flush();
      return this;
    }

    Call write(String text) {
      return write(text.getBytes(UTF_8));
    }

    Call write(byte[] bytes) {
      outstanding.addAndGet(bytes.length);
      sink.write(ByteBuffer.wrap(bytes), () -> outstanding.addAndGet(-bytes.length));
      sink.flush();
      return this;
    }

    void end(String... namesAndValues) {
      sink.end(headers(namesAndValues));
      sink.flush();
    }

    /** A whole answer in one turn. */
    void answer(String text) {
      sink.head(new ResponseHead(200, "", List.of()));
      sink.write(ByteBuffer.wrap(text.getBytes(UTF_8)), () -> {});
      sink.end(List.of());
      sink.flush();
    }

    String header(String name) {
      return request.headers().stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst()
          .orElseThrow();
    }

    /** The next chunk of the body as text, or {@code ""} at its end. */
    String read() throws Exception {
      CompletableFuture<String> chunk = new CompletableFuture<>();
      request
          .body()
          .read(
              new RequestBody.Receiver() {
                @Override
                public void chunk(ByteBuffer bytes) {
                  chunk.complete(UTF_8.decode(bytes).toString());
                }

                @Override
                public void end() {
                  chunk.complete("");
                }

                @Override
                public void failed(Throwable cause) {
                  chunk.completeExceptionally(cause);
                }
              });
      return chunk.get(5, TimeUnit.SECONDS);
    }

    boolean isGoneWithin(long millis) throws InterruptedException {
      return gone.await(millis, TimeUnit.MILLISECONDS);
    }

    private static List<Header> headers(String... namesAndValues) {
      List<Header> headers = new ArrayList<>();
      for (int i = 0; i < namesAndValues.length; i += 2) {
        headers.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
      }
      return headers;
    }
  }
}
