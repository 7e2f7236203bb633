package dev.runnel.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.PoolOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CgiHandlerTest {
  private static final String HOST = "http://example.com:8080";

  /** What a client gets. */
  private static final class Answer implements ResponseSink {
    private final CompletableFuture<Answer> over = new CompletableFuture<>();
    private final CompletableFuture<ResponseHead> head = new CompletableFuture<>();
    private final StringBuilder body = new StringBuilder();
    private final List<Runnable> untaken = new ArrayList<>();
    private final boolean takes;
    private Optional<ResponseFailure> failure = Optional.empty();

    Answer(boolean takes) {
      this.takes = takes;
    }

    @Override
    public void informational(int status, List<Header> headers) {}

    @Override
    public void head(ResponseHead given) {
      head.complete(given);
    }

    @Override
    public synchronized void write(ByteBuffer bytes, Runnable written) {
      body.append(StandardCharsets.UTF_8.decode(bytes));
      if (takes) {
        written.run();
      } else {
        untaken.add(written);
      }
    }

    synchronized int length() {
      return body.length();
    }

    @Override
    public void end(List<Header> trailers) {
      over.complete(this);
    }

    @Override
    public void fail(ResponseFailure given) {
      failure = Optional.of(given);
      over.complete(this);
    }

    Answer whole() throws Exception {
      return over.get(60, TimeUnit.SECONDS);
    }

    int status() {
      return failure.map(ResponseFailure::status).orElseGet(() -> head.join().status());
    }
  }

  private static CgiHandler handler(int requests, int queue, TurnLimits turns) {
    var admission = new PoolOptions.Admission(requests, queue, Duration.ofMillis(100));
    return new CgiHandler(
        Wat.program("cgi"),
        WasiOptions.DEFAULT.withEnvironment(Map.of("OWN", "yes")),
        new CgiHandler.Limits(admission, turns));
  }

  private static Answer ask(WorkerRequest request) throws Exception {
    Answer answer = new Answer(true);
    handler(10, 10, TurnLimits.NONE).handle(request, answer);
    return answer.whole();
  }

  private static Answer ask(String path) throws Exception {
    return ask(WorkerRequest.get(HOST + path));
  }

  @Test
  void theRequestIsToldByVariables() throws Exception {
    var request =
        new WorkerRequest(
            "POST",
            HOST + "/a%20b/c+d?v&x=%2F",
            List.of(
                new Header("Content-Type", "text/plain"),
                new Header("Content-Length", "3"),
                new Header("X-Twice", "1"),
                new Header("x-twice", "2"),
                new Header("Cookie", "a=1"),
                new Header("Cookie", "b=2"),
                new Header("Authorization", "Basic eA=="),
                new Header("Proxy", "http://evil"),
                new Header("X_Under", "score")),
            RequestBody.of("abc".getBytes(StandardCharsets.UTF_8)),
            new WorkerRequest.Connection("10.0.0.9", 5_000, "10.0.0.1", 8_080, false, "1.1"));

    Answer answer = ask(request);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head.join().headers())
        .containsExactly(new Header("Content-Type", "text/plain"));
    assertThat(answer.body.toString().split("\0"))
        .containsExactlyInAnyOrder(
            "OWN=yes",
            "GATEWAY_INTERFACE=CGI/1.1",
            "SERVER_SOFTWARE=runnel",
            "SERVER_PROTOCOL=HTTP/1.1",
            "SERVER_NAME=example.com",
            "SERVER_PORT=8080",
            "REQUEST_METHOD=POST",
            "SCRIPT_NAME=",
            "PATH_INFO=/a b/c+d",
            "QUERY_STRING=v&x=%2F",
            "REQUEST_URI=/a%20b/c+d?v&x=%2F",
            "REMOTE_ADDR=10.0.0.9",
            "REMOTE_PORT=5000",
            "CONTENT_TYPE=text/plain",
            "CONTENT_LENGTH=3",
            "HTTP_X_TWICE=1, 2",
            "HTTP_COOKIE=a=1; b=2");
  }

  @Test
  void theBodyIsReadOnStandardInput() throws Exception {
    String body = "many bytes ".repeat(50_000);
    var request =
        WorkerRequest.post(HOST + "/?e", "text/plain", body.getBytes(StandardCharsets.UTF_8));

    assertThat(ask(request).body.toString()).isEqualTo(body);
  }

  @Test
  void eachRequestHasAFreshMemory() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(ask("/?c").body.toString()).isEqualTo("1");
    }
  }

  @Test
  void statusAndHeadersAreTheProgramsOwnButForTheConnections() throws Exception {
    Answer answer = ask("/?s");

    assertThat(answer.head.join())
        .isEqualTo(new ResponseHead(404, "Gone fishing", List.of(new Header("X-Own", "1"))));
  }

  @Test
  void redirectsAreFollowedHereOrByTheClient() throws Exception {
    assertThat(ask("/?i").body.toString()).isEqualTo("1");
    assertThat(ask("/?r").status()).isEqualTo(302);
    assertThat(ask("/?l").status()).isEqualTo(500);
  }

  @Test
  void aHeadThatIsNoneOrMissingIs500() throws Exception {
    assertThat(ask("/?b").failure.orElseThrow().sentence())
        .isEqualTo("A line of the program's head is no header.");
    assertThat(ask("/?nothing-known-begins-with-this".replace("?n", "?q")).status()).isEqualTo(500);
  }

  @Test
  void aTrapBehindTheHeadBreaksTheAnswerOff() throws Exception {
    Answer answer = ask("/?t");

    assertThat(answer.head.join().status()).isEqualTo(200);
    assertThat(answer.failure.orElseThrow().sentence()).startsWith("The program trapped: ");
  }

  @Test
  void aPathThatHidesANulIs400() throws Exception {
    assertThat(ask("/a%00b?c").status()).isEqualTo(400);
  }

  @Test
  void processorTimeIsLimited() throws Exception {
    var limits = TurnLimits.forRequests(Optional.of(Duration.ofMillis(100)));
    Answer answer = new Answer(true);

    handler(1, 0, limits).handle(WorkerRequest.get(HOST + "/?n"), answer);

    assertThat(answer.whole().failure.orElseThrow().limit()).isEqualTo("cpu-time");
    assertThat(answer.status()).isEqualTo(503);
  }

  @Test
  void aClientThatLeavesEndsTheProgramAndMakesRoomForTheNext() throws Exception {
    CgiHandler handler = handler(1, 1, TurnLimits.NONE);
    RequestHandler.Ticket first = handler.handle(WorkerRequest.get(HOST + "/?n"), new Answer(true));
    Answer refused = new Answer(true);
    handler.handle(WorkerRequest.get(HOST + "/?c"), new Answer(true));
    handler.handle(WorkerRequest.get(HOST + "/?c"), refused);
    assertThat(refused.whole().failure.orElseThrow().limit()).isEqualTo("queue");

    first.clientGone();

    Answer next = new Answer(true);
    while (!next.over.isDone() || next.failure.isPresent()) {
      next = new Answer(true);
      handler.handle(WorkerRequest.get(HOST + "/?c"), next);
      next.whole();
    }
    assertThat(next.body.toString()).isEqualTo("1");
  }

  @Test
  void whatIsClosedCutsOffItsRequests() throws Exception {
    CgiHandler handler = handler(1, 1, TurnLimits.NONE);
    Answer endless = new Answer(true);
    handler.handle(WorkerRequest.get(HOST + "/?n"), endless);

    handler.drain(Duration.ofMillis(1));
    assertThat(endless.over).isNotDone();
    Answer waits = new Answer(true);
    handler.handle(WorkerRequest.get(HOST + "/?c"), waits);
    handler.close();

    assertThat(endless.whole().status()).isEqualTo(503);
    assertThat(waits.whole().status()).isEqualTo(503);
    handler.drain(Duration.ofSeconds(60));
    Answer next = new Answer(true);
    handler.handle(WorkerRequest.get(HOST + "/?c"), next);
    assertThat(next.whole().body.toString()).isEqualTo("1");
  }

  @Test
  void whoWaitsTooLongGets503() throws Exception {
    CgiHandler handler = handler(1, 1, TurnLimits.NONE);
    RequestHandler.Ticket first = handler.handle(WorkerRequest.get(HOST + "/?n"), new Answer(true));
    Answer second = new Answer(true);
    handler.handle(WorkerRequest.get(HOST + "/?c"), second);

    assertThat(second.whole().failure.orElseThrow().limit()).isEqualTo("queue-wait");
    first.clientGone();
  }

  /** The first bytes arrive while the program still writes; it stops when nobody takes them. */
  @Test
  void theAnswerIsStreamedAndWaitsForTheNetwork() throws Exception {
    Answer answer = new Answer(false);
    RequestHandler.Ticket ticket =
        handler(1, 0, TurnLimits.NONE).handle(WorkerRequest.get(HOST + "/?f"), answer);
    assertThat(answer.head.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);

    while (answer.length() <= 64 << 10) {
      Thread.onSpinWait();
    }

    assertThat(answer.length()).isLessThanOrEqualTo(2 * (64 << 10));
    assertThat(answer.over).isNotDone();
    ticket.clientGone();
  }
}
