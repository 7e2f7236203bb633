package dev.runnel.codec;

import dev.runnel.wasm.MemoryBudget;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import run.endive.wasm.UninstantiableException;

/**
 * What the streams of one isolate may hold together, within what those of all isolates may. Safe
 * from any thread.
 */
public final class CodecMemory implements MemoryBudget {
  /** Of the process's heap, besides the isolates' own. */
  private static final long ALL_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private static final AtomicLong ALL_HELD = new AtomicLong();

  private final long limit;
  private final AtomicLong held = new AtomicLong();
  private final Set<StreamEncoder> encoders = ConcurrentHashMap.newKeySet();
  private final Map<CodecModule, CodecInstance> shared = new HashMap<>();

  public CodecMemory(long limit) {
    this.limit = limit;
  }

  /** What all streams hold now, in bytes. */
  public long held() {
    return held.get();
  }

  /** Has an encoder end with the program's time. */
  public <E extends StreamEncoder> E opened(E encoder) {
    encoders.add(encoder);
    return encoder;
  }

  void closed(StreamEncoder encoder) {
    encoders.remove(encoder);
  }

  /** The program's time is over: compressions end in their midst. */
  public void interrupt() {
    encoders.forEach(StreamEncoder::interrupt);
  }

  /**
   * A memory of its own for one stream.
   *
   * @throws CodecMemoryException when there is no room
   */
  public CodecInstance newInstance(CodecModule module) {
    CodecInstance made;
    try {
      made = new CodecInstance(this, module);
    } catch (UninstantiableException e) {
      throw full();
    }
    made.join();
    return made;
  }

  /**
   * A memory for streams that need little each.
   *
   * @throws CodecMemoryException when there is no room
   */
  public synchronized CodecInstance sharedInstance(CodecModule module) {
    CodecInstance known = shared.get(module);
    if (known != null && known.join()) {
      return known;
    }
    CodecInstance made = newInstance(module);
    shared.put(module, made);
    return made;
  }

  CodecMemoryException full() {
    return new CodecMemoryException(
        "Compressed streams hold %d bytes and one needs more: the limit is %d, and %d for all programs of the process."
            .formatted(held.get(), limit, ALL_BYTES));
  }

  @Override
  public boolean reserve(long bytes) {
    if (held.addAndGet(bytes) <= limit && ALL_HELD.addAndGet(bytes) <= ALL_BYTES) {
      return true;
    }
    return refuse(bytes);
  }

  private boolean refuse(long bytes) {
    if (held.addAndGet(-bytes) + bytes <= limit) {
      ALL_HELD.addAndGet(-bytes);
    }
    return false;
  }

  @Override
  public void release(long bytes) {
    held.addAndGet(-bytes);
    ALL_HELD.addAndGet(-bytes);
  }
}
