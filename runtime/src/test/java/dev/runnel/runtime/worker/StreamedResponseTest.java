package dev.runnel.runtime.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body under a subscriber's demand. */
@Timeout(10)
class StreamedResponseTest {
  private final StreamedResponse response = new StreamedResponse();

  @Test
  void hugeDemandsAddUp() throws Exception {
    Signals signals = subscribe(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
    response.write(bytes("a"), () -> {});
    response.write(bytes("b"), () -> {});
    response.end(List.of());

    assertThat(signals.next()).isEqualTo("a");
    assertThat(signals.next()).isEqualTo("b");
    assertThat(signals.next()).isEqualTo("complete");
  }

  @Test
  void aDemandThatIsNotPositiveEndsTheSubscription() throws Exception {
    response.write(bytes("a"), () -> {});
    Signals signals = subscribe(0);

    assertThat(signals.next()).isEqualTo("The demand must be positive.");
  }

  private Signals subscribe(long... demands) {
    Signals signals = new Signals(new LinkedBlockingQueue<>(), demands);
    response.bodyPublisher().subscribe(signals);
    return signals;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private record Signals(BlockingQueue<String> seen, long... demands)
      implements Flow.Subscriber<ByteBuffer> {
    String next() throws InterruptedException {
      return seen.take();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      for (long demand : demands) {
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      seen.add(UTF_8.decode(chunk).toString());
    }

    @Override
    public void onError(Throwable cause) {
      seen.add(String.valueOf(cause.getMessage()));
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }
}
