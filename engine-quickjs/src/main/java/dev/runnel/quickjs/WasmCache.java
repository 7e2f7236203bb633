package dev.runnel.quickjs;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of modules, by the digests of their files: as long as an isolate has the code, and
 * for those that were used last. The JVM's classes lie outside of its heap, so what is kept is
 * limited here.
 *
 * <p>Shared by all isolates.
 */
final class WasmCache {
  /** Of files. Their classes take some ten times that. */
  private static final long MOST_BYTES = 16 << 20;

  /** What a refusal counts as. */
  private static final int REFUSAL_BYTES = 4096;

  /** A module's code, or why it has none. */
  sealed interface Outcome {
    record Compiled(WasmCode code) implements Outcome {}

    record Refused(String why) implements Outcome {}
  }

  private final LinkedHashMap<String, Outcome> recent = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, WeakReference<WasmCode>> used = new HashMap<>();
  private long bytes;

  synchronized @Nullable Outcome get(String digest) {
    Outcome known = recent.get(digest);
    if (known != null) {
      return known;
    }
    WeakReference<WasmCode> reference = used.get(digest);
    WasmCode code = reference == null ? null : reference.get();
    return code == null ? null : new Outcome.Compiled(code);
  }

  synchronized void put(String digest, Outcome outcome) {
    if (recent.put(digest, outcome) == null) {
      bytes += size(outcome);
    }
    if (outcome instanceof Outcome.Compiled(var code)) {
      used.values().removeIf(reference -> reference.get() == null);
      used.put(digest, new WeakReference<>(code));
    }
    for (Iterator<Outcome> oldest = recent.values().iterator();
        bytes > MOST_BYTES && oldest.hasNext(); ) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
  }

  private static int size(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Compiled(var code) -> Math.max(code.bytes(), REFUSAL_BYTES);
      case Outcome.Refused _ -> REFUSAL_BYTES;
    };
  }
}
