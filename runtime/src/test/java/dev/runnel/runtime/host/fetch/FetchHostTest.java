package dev.runnel.runtime.host.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.codec.CodecMemory;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.binding.Resource;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.limit.Charge;
import dev.runnel.runtime.limit.DecompressionLimits;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.loop.TimerQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchHostTest {
  private static final Pattern EXPORT = Pattern.compile("export function (\\w+)\\(");

  private final EventLoop loop = new EventLoop(new TimerQueue(System::nanoTime));
  private final GuestCall guest = (_, _) -> {};
  private final FakeNetwork network = new FakeNetwork();
  private final FetchHost host =
      new FetchHost(
          new FetchHost.Surroundings(
              loop,
              guest,
              network,
              Bindings.of(Map.of("STORE", new Binding.Kv(new TwoOperations()))),
              new Exchanges(loop, guest, new Exchanges.Limits(1, 1), Exchanges.Observer.NONE),
              DecompressionLimits.DEFAULT,
              new CodecMemory(1 << 20),
              1_000),
          () -> {});

  @Test
  void declarationsMatchTheHost() throws IOException {
    try (var in =
        FetchHostTest.class.getResourceAsStream("/dev/runnel/runtime/js/host/fetch.d.ts")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(new TreeSet<>(host.module().functions().keySet()))
          .isEqualTo(
              new TreeSet<>(EXPORT.matcher(text).results().map(match -> match.group(1)).toList()));
    }
  }

  @Test
  void whatTheClientSetsItselfIsLeftOut() {
    send("GET", "https://a.example:8443/p?q#f", "Host\nevil\ncontent-length\n5\nTE\nx\nX-A\n1");

    assertThat(network.sent)
        .containsExactly(
            new OutgoingRequest(
                "GET",
                true,
                "a.example",
                8443,
                "/p?q",
                List.of(new Header("X-A", "1")),
                new OutgoingRequest.Body.None()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "trace", "TRACK", "GET / HTTP/1.1\r\nX: ", ""})
  void methodsThatAreForbiddenOrNoneAreRefused(String method) {
    assertThatThrownBy(() -> send(method, "http://a/", "")).isInstanceOf(HostError.class);
    assertThat(network.sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a/", "file:///etc/passwd", "http://", "a", "data:,x"})
  void otherUrlsThanHttpAreRefused(String url) {
    assertThatThrownBy(() -> send("GET", url, "")).isInstanceOf(HostError.class);
    assertThat(network.sent).isEmpty();
  }

  @Test
  void headersThatCouldBeReadInTwoWaysAreRefused() {
    assertThatThrownBy(() -> send("GET", "http://a/", "x\na\r\nb")).isInstanceOf(HostError.class);
  }

  @Test
  void noMoreThanSoManyAreOpenAtOnce() {
    for (int i = 0; i < 1_000; i++) {
      send("GET", "http://a/", "");
    }
    assertThatThrownBy(() -> send("GET", "http://a/", ""))
        .hasMessage("More than 1000 outgoing requests are open at once.");

    host.abortAll();

    assertThat(network.aborted).isEqualTo(1_000);
    assertThat(loop.keepsProgramAlive()).isFalse();
  }

  /** That none of these ids is open is all that Java knows of them. */
  @Test
  void operationsAreCountedForTheRequestWhoseTurnItIsWhateverTheProgramSays() {
    loop.chargeTo(new Charge());
    ask(0);
    ask(7);

    assertThatThrownBy(() -> ask(8))
        .hasMessage("Too many API requests by single worker invocation: the limit is 2.");

    loop.chargeTo(new Charge());
    ask(7);
  }

  private void ask(int request) {
    Objects.requireNonNull(host.module().functions().get("ask"))
        .call(
            Arguments.of(
                JsValue.of("STORE"), JsValue.of(request), JsValue.of("get"), JsValue.of("{}")));
  }

  private void send(String method, String url, String headers) {
    Objects.requireNonNull(host.module().functions().get("send"))
        .call(
            Arguments.of(JsValue.of(""), JsValue.of(method), JsValue.of(url), JsValue.of(headers)));
  }

  /** Never answers. */
  private static final class TwoOperations implements Resource {
    @Override
    public int operationsPerRequest() {
      return 2;
    }

    @Override
    public Fetcher.Call ask(Question question, Fetcher.Answer answer) {
      return Fetcher.Call.OVER;
    }
  }

  /** Never answers. */
  private static final class FakeNetwork implements Fetcher {
    private final List<OutgoingRequest> sent = new ArrayList<>();
    private int aborted;

    @Override
    public Call send(OutgoingRequest request, Answer answer) {
      sent.add(request);
      return new Call() {
        @Override
        public void write(ByteBuffer bytes, Runnable written) {}

        @Override
        public void end() {}

        @Override
        public void abort() {
          aborted++;
        }
      };
    }
  }
}
