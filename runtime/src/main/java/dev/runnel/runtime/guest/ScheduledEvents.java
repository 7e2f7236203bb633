package dev.runnel.runtime.guest;

import dev.runnel.engine.JsValue;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The scheduled events that a program is handling.
 *
 * <p>Confined to the loop thread but for {@link #isHandled} and {@link #send}.
 */
final class ScheduledEvents {
  private static final int MAX_OPEN = 1_000;

  private final EventLoop loop;
  private final GuestCall guest;
  private final Map<Integer, CompletableFuture<Boolean>> open = new HashMap<>();
  private volatile boolean handled;
  private int nextId = 1;

  ScheduledEvents(EventLoop loop, GuestCall guest) {
    this.loop = loop;
    this.guest = guest;
  }

  /** The program has a handler: it stays alive to be called. */
  void handle() {
    handled = true;
    loop.hold();
  }

  boolean isHandled() {
    return handled;
  }

  /** Completes with whether the handler and what it left behind succeeded. */
  CompletableFuture<Boolean> send(String cron, Instant time) {
    var outcome = new CompletableFuture<Boolean>();
    if (!loop.post(() -> begin(cron, time, outcome))) {
      outcome.complete(false);
    }
    return outcome;
  }

  private void begin(String cron, Instant time, CompletableFuture<Boolean> outcome) {
    if (loop.isStopped() || open.size() >= MAX_OPEN) {
      outcome.complete(false);
      return;
    }
    int id = nextId++;
    open.put(id, outcome);
    guest.call("scheduled", JsValue.of(id), JsValue.of(cron), JsValue.of(time.toEpochMilli()));
  }

  void done(int id, boolean succeeded) {
    var outcome = open.remove(id);
    if (outcome != null) {
      outcome.complete(succeeded);
    }
  }

  /** The isolate has ended. */
  void failAll() {
    List.copyOf(open.values()).forEach(outcome -> outcome.complete(false));
    open.clear();
  }
}
