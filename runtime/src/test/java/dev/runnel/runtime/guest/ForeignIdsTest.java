package dev.runnel.runtime.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.exchange.RecordedAnswer;
import dev.runnel.runtime.host.core.HttpHost;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.loop.TimerQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that names requests which are another isolate's, over, or were never there. */
@Timeout(20)
class ForeignIdsTest {
  /** A body that nobody has read is cancelled when its request is over. */
  private static final List<String> ANSWERED = List.of("head 200", "answer", "end", "cancelled");

  /** What Java has of an isolate, without its guest. */
  private static final class Isolate implements EventLoop.Guest {
    private final EventLoop loop = new EventLoop(new TimerQueue(System::nanoTime));
    private final Exchanges exchanges =
        new Exchanges(
            loop, (_, _) -> {}, new Exchanges.Limits(10, 1 << 20), Exchanges.Observer.NONE);
    private final Listeners listeners =
        new Listeners(
            loop, (_, _) -> {}, exchanges, new Listeners.Doors(Network.NONE, 10, () -> {}));
    private final Records records =
        new Records(loop, exchanges, listeners, new BackgroundWork(loop), 10);
    private final HostModule http = new HttpHost(exchanges, () -> {}, listeners).module();

    /** Requests get the ids 1, 2, 3 … */
    private List<RecordedAnswer> open(int requests) throws InterruptedException {
      List<RecordedAnswer> opened = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        var recorded = new RecordedAnswer();
        var from = WorkerRequest.Connection.NONE;
        var request = new WorkerRequest("POST", "http://a/", List.of(), recorded, from);
        exchanges.open(Listeners.FETCH, request, recorded);
        opened.add(recorded);
      }
      loop.post(loop::stop);
      loop.run(this);
      return opened;
    }

    private void record(int type, int id) {
      records.record(type, id, 0, ByteBuffer.wrap("stolen".getBytes(UTF_8)));
    }

    private JsValue call(String function, JsValue... arguments) {
      return Objects.requireNonNull(http.functions().get(function)).call(Arguments.of(arguments));
    }

    private void answer(int id) {
      call("head", JsValue.of(id), JsValue.of(200), JsValue.of(""), JsValue.of(""));
      call("text", JsValue.of(id), JsValue.of("answer"));
      record(RecordType.BODY_END, id);
      exchanges.flush();
    }

    /** Everything that a guest can say of a request. */
    private void meddleWith(int id) {
      call("head", JsValue.of(id), JsValue.of(418), JsValue.of(""), JsValue.of(""));
      call("informational", JsValue.of(id), JsValue.of(103), JsValue.of(""));
      call("text", JsValue.of(id), JsValue.of("stolen"));
      call("bytes", JsValue.of(id), JsValue.of("stolen".getBytes(UTF_8)));
      call("trailers", JsValue.of(id), JsValue.of(""));
      meddleThroughTheMailbox(id);
      call("abort", JsValue.of(id), JsValue.of("because"));
      exchanges.flush();
    }

    private void meddleThroughTheMailbox(int id) {
      record(RecordType.HEAD, id);
      record(RecordType.HEAD_FLUSH, id);
      record(RecordType.BODY_PULL, id);
      record(RecordType.BODY_CANCEL, id);
      record(RecordType.BODY_BYTES, id);
      record(RecordType.BODY_END, id);
      exchanges.flush();
    }

    @Override
    public void task(Runnable task) {
      task.run();
    }

    @Override
    public void timer(int id) {}

    @Override
    public void immediate(int id) {}

    @Override
    public void nothingLeft() {}
  }

  private final Isolate isolate = new Isolate();

  @Test
  void anIdThatIsOpenInAnotherIsolateReachesNothingThere() throws Exception {
    var other = new Isolate();
    RecordedAnswer own = isolate.open(1).getFirst();
    List<RecordedAnswer> others = other.open(2);

    isolate.meddleWith(2);

    assertThat(others).allSatisfy(request -> assertThat(request.heard()).isEmpty());
    isolate.answer(1);
    other.answer(2);
    assertThat(own.heard()).containsExactlyElementsOf(ANSWERED);
    assertThat(others.getFirst().heard()).isEmpty();
    assertThat(others.getLast().heard()).containsExactlyElementsOf(ANSWERED);
  }

  @Test
  void aRequestThatIsOverStaysAsItWas() throws Exception {
    List<RecordedAnswer> requests = isolate.open(2);
    isolate.answer(1);

    isolate.meddleWith(1);

    isolate.answer(2);
    assertThat(requests)
        .allSatisfy(request -> assertThat(request.heard()).containsExactlyElementsOf(ANSWERED));
    assertThat(isolate.exchanges.openCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 2, 0x5eed5eed, Integer.MAX_VALUE})
  void recordsOfRequestsThatWereNeverThereDoNothing(int id) throws Exception {
    RecordedAnswer own = isolate.open(1).getFirst();

    isolate.meddleThroughTheMailbox(id);

    assertThat(own.heard()).isEmpty();
    isolate.answer(1);
    assertThat(own.heard()).containsExactlyElementsOf(ANSWERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
  void aCallWithAnIdThatNoRequestCanHaveIsTheProgramsMistake(int id) throws Exception {
    RecordedAnswer own = isolate.open(1).getFirst();

    assertThatExceptionOfType(HostError.class).isThrownBy(() -> isolate.meddleWith(id));

    assertThat(own.heard()).isEmpty();
  }

  @Test
  void aHeadThatMayNotBeSentEndsItsRequestAlone() throws Exception {
    List<RecordedAnswer> requests = isolate.open(2);

    isolate.record(RecordType.HEAD, 1);

    isolate.answer(2);
    assertThat(requests.getFirst().heard()).containsExactly("failed", "cancelled");
    assertThat(requests.getLast().heard()).containsExactlyElementsOf(ANSWERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0x5eed5eed, Integer.MAX_VALUE})
  void aListenerThatWasNeverThereHasNoAddress(int id) {
    assertThat(isolate.call("address", JsValue.of(id))).isEqualTo(JsValue.UNDEFINED);
  }

  @Test
  void aRecordOfUnknownTypeEndsTheIsolate() throws Exception {
    RecordedAnswer own = isolate.open(1).getFirst();

    assertThatExceptionOfType(IsolateException.Crashed.class)
        .isThrownBy(() -> isolate.record(99, 1))
        .withMessageContaining("unknown type 99");

    assertThat(own.heard()).isEmpty();
  }
}
