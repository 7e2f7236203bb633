package dev.runnel.runtime.loop;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.limit.Charge;
import java.util.concurrent.Callable;

/**
 * Work that a host function hands away: it returns an id at once, and the guest's promise of that
 * id is settled on the loop later.
 *
 * <p>Confined to the loop thread.
 */
public final class Completions {

  /** Calls a function that the guest registered. */
  @FunctionalInterface
  public interface GuestCall {
    void call(String registered, JsValue... arguments);
  }

  private final EventLoop loop;
  private final GuestCall guest;
  private int nextId = 1;
  private int pending;

  public Completions(EventLoop loop, GuestCall guest) {
    this.loop = loop;
    this.guest = guest;
  }

  public int pending() {
    return pending;
  }

  /** Runs blocking work on a virtual thread. A {@link HostError} rejects the promise. */
  public int start(Callable<JsValue> work) {
    loop.hold();
    return begin(work, loop::release);
  }

  /** The same, for work that a program doesn't wait for when it has nothing else to do. */
  public int startInBackground(Callable<JsValue> work) {
    return begin(work, () -> {});
  }

  private int begin(Callable<JsValue> work, Runnable over) {
    pending++;
    int id = nextId++;
    Charge owner = loop.charged();
    Runnable settling =
        () -> {
          loop.chargeTo(owner);
          over.run();
        };
    Thread.ofVirtual().name("runnel-completion-" + id).start(() -> run(id, work, settling));
    return id;
  }

  private void run(int id, Callable<JsValue> work, Runnable over) {
    try {
      JsValue value = work.call();
      settle(over, () -> guest.call("complete", JsValue.of(id), value));
    } catch (HostError error) {
      settle(over, () -> fail(id, error));
    } catch (Exception e) {
      settle(
          over,
          () -> {
            throw new IllegalStateException("Work for the guest failed unexpectedly.", e);
          });
    }
  }

  private void settle(Runnable over, Runnable outcome) {
    loop.post(
        () -> {
          pending--;
          over.run();
          outcome.run();
        });
  }

  private void fail(int id, HostError error) {
    guest.call(
        "completeExceptionally",
        JsValue.of(id),
        JsValue.of(error.kind().name()),
        JsValue.of(error.code()),
        JsValue.of(error.guestMessage()));
  }
}
