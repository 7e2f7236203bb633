package dev.runnel.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads each request to its end and answers with what it saw: {@code METHOD url "body"}. */
final class EchoProgram implements RequestHandler {
  /** Heads that have come, whole requests or not. */
  final AtomicInteger asked = new AtomicInteger();

  @Override
  public Ticket handle(WorkerRequest request, ResponseSink sink) {
    asked.incrementAndGet();
    request.body().read(new Echo(request, sink));
    return () -> {};
  }

  private static final class Echo implements RequestBody.Receiver {
    private final WorkerRequest request;
    private final ResponseSink sink;
    private final StringBuilder body = new StringBuilder();

    Echo(WorkerRequest request, ResponseSink sink) {
      this.request = request;
      this.sink = sink;
    }

    @Override
    public void chunk(ByteBuffer bytes) {
      body.append(ISO_8859_1.decode(bytes));
      request.body().read(this);
    }

    @Override
    public void end() {
      String seen = "%s %s \"%s\"".formatted(request.method(), request.url(), body);
      byte[] bytes = seen.getBytes(ISO_8859_1);
      String length = Integer.toString(bytes.length);
      sink.head(new ResponseHead(200, "", List.of(new Header("content-length", length))));
      sink.write(ByteBuffer.wrap(bytes), () -> {});
      sink.end(List.of());
      sink.flush();
    }

    @Override
    public void failed(Throwable cause) {
      sink.fail(new ResponseFailure(500, "", "The body failed: " + cause));
    }
  }
}
