package dev.runnel.runtime.guest;

import static dev.runnel.runtime.guest.RecordType.*;

import dev.runnel.engine.HostError;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.Mailbox;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.loop.TimerQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Carries out what the guest left in its mailbox. The guest can write any bytes there: whatever
 * doesn't make sense ends the isolate.
 *
 * <p>Confined to the loop thread.
 */
final class Records implements Mailbox.Reader {
  private static final double MAX_DELAY_MILLIS = Integer.MAX_VALUE;

  private final EventLoop loop;
  private final Exchanges exchanges;
  private final Listeners listeners;
  private final BackgroundWork background;
  private final int maxTimers;

  Records(
      EventLoop loop,
      Exchanges exchanges,
      Listeners listeners,
      BackgroundWork background,
      int maxTimers) {
    this.loop = loop;
    this.exchanges = exchanges;
    this.listeners = listeners;
    this.background = background;
    this.maxTimers = maxTimers;
  }

  @Override
  public void record(int type, int id, int aux, ByteBuffer payload) {
    switch (type) {
      case TIMER_SET -> setTimer(id, aux, payload);
      case TIMER_CLEAR -> loop.cancelTimer(id);
      case TIMER_REF -> loop.timers().reference(id, aux != 0);
      case IMMEDIATE_SET -> setImmediate(id);
      case IMMEDIATE_CLEAR -> loop.cancelImmediate(id);
      case BODY_BYTES -> exchanges.copy(id, payload);
      case BODY_END -> exchanges.end(id);
      case BODY_PULL -> exchanges.pull(id);
      case BODY_CANCEL -> exchanges.cancelBody(id);
      case HEAD -> head(id, aux, payload);
      case HEAD_FLUSH -> exchanges.flushHead(id);
      case LISTENER_REF -> listeners.reference(id, aux != 0);
      case LISTENER_CLOSE -> listeners.close(id);
      case ANSWERS_FETCH -> listeners.answersFetch();
      case BACKGROUND_WORK -> background.pending(id);
      default -> throw bad("a record of unknown type %d".formatted(type));
    }
  }

  /** The guest's own checks have let it pass; one that they should not have ends its exchange. */
  private void head(int id, int status, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    int fields = text.indexOf('\n') + 1;
    try {
      String reason = text.substring(0, Math.max(0, fields - 1));
      exchanges.head(id, HeaderRules.head(status, reason, text.substring(fields)));
    } catch (HostError e) {
      exchanges.abort(id, e.guestMessage());
    }
  }

  private void setTimer(int id, int aux, ByteBuffer payload) {
    if (payload.remaining() != Double.BYTES) {
      throw bad("a timer with %d bytes of payload".formatted(payload.remaining()));
    }
    TimerQueue timers = loop.timers();
    Duration delay = delay(payload.getDouble(payload.position()));
    if ((aux & TIMER_REPEATS) != 0) {
      timers.every(id, delay);
    } else {
      timers.once(id, delay);
    }
    timers.reference(id, (aux & TIMER_UNREFERENCED) == 0);
    loop.timerSet(id);
    if (timers.size() > maxTimers) {
      throw new IsolateException.Crashed(
          "The program has more pending timers than its limit of %d.".formatted(maxTimers), null);
    }
  }

  private void setImmediate(int id) {
    loop.addImmediate(id);
    if (loop.immediates() > maxTimers) {
      throw new IsolateException.Crashed(
          "The program has more pending immediates than its limit of %d.".formatted(maxTimers),
          null);
    }
  }

  private static Duration delay(double millis) {
    if (!(millis >= 1)) {
      return Duration.ofMillis(1);
    }
    return Duration.ofMillis((long) Math.min(millis, MAX_DELAY_MILLIS));
  }

  private static IsolateException bad(String what) {
    return new IsolateException.Crashed("The mailbox is damaged: " + what + ".", null);
  }
}
