package dev.runnel.runtime.binding;

import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.WorkerRequest;

/** Carries a program's requests to another program of this process. Safe from any thread. */
record ServiceFetcher(RequestHandler handler) implements Fetcher {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  @Override
  public Call send(OutgoingRequest request, Answer answer) {
    var upload = new Pipe(() -> {});
    var call = new ServiceCall(upload, answer);
    call.sentAs(handler.handle(incoming(request, upload), call));
    return call.call();
  }

  private static WorkerRequest incoming(OutgoingRequest request, Pipe upload) {
    RequestBody body =
        switch (request.body()) {
          case OutgoingRequest.Body.None() -> RequestBody.EMPTY;
          case OutgoingRequest.Body.Whole(var bytes) -> RequestBody.of(bytes);
          case OutgoingRequest.Body.Streamed() -> upload;
        };
    return new WorkerRequest(
        request.method(), url(request), request.headers(), body, WorkerRequest.Connection.NONE);
  }

  private static String url(OutgoingRequest request) {
    boolean isUsual = request.port() == (request.secure() ? HTTPS : HTTP);
    return (request.secure() ? "https://" : "http://")
        + request.host()
        + (isUsual ? "" : ":" + request.port())
        + request.target();
  }
}
