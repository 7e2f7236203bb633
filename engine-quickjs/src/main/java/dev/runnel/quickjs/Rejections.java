package dev.runnel.quickjs;

import dev.runnel.engine.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * Promises rejected without a handler since Java last asked. A handler that comes before Java asks
 * makes its promise one that was never reported.
 */
final class Rejections {
  private record Entry(long promise, long reason, long frame, boolean handled) {}

  private final Guest guest;
  private final QuickJs js;
  private final Values values;
  private final List<Entry> entries = new ArrayList<>();

  Rejections(Guest guest, QuickJs js, Values values) {
    this.guest = guest;
    this.js = js;
    this.values = values;
  }

  /** Called by the guest; both values are borrowed. */
  void track(long promise, long reason, boolean handled) {
    if (handled && forget(promise)) {
      return;
    }
    long frame = js.duplicate(guest.contextFrame());
    entries.add(new Entry(js.duplicate(promise), js.duplicate(reason), frame, handled));
  }

  /** Drops the report of a promise that the engine itself looks after; false when there is none. */
  boolean forget(long promise) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry.promise() == promise && !entry.handled()) {
        entries.remove(i);
        free(entry);
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Rejection> take() {
    List<Rejection> taken = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      taken.add(
          new Rejection(
              values.handle(entry.promise()),
              values.take(entry.reason()),
              values.take(entry.frame()),
              entry.handled()));
      js.free(entry.promise());
    }
    entries.clear();
    return taken;
  }

  private void free(Entry entry) {
    js.free(entry.promise());
    js.free(entry.reason());
    js.free(entry.frame());
  }
}
