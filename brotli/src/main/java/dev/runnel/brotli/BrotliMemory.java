package dev.runnel.brotli;

import dev.runnel.wasm.MemoryBudget;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.UninstantiableException;

/**
 * What the Brotli streams of one isolate may hold together, within what those of all isolates may.
 * Streams are opened from here. Safe from any thread.
 */
public final class BrotliMemory implements MemoryBudget {
  /** Of the process's heap, besides the isolates' own. */
  private static final long ALL_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private static final AtomicLong ALL_HELD = new AtomicLong();

  private final long limit;
  private final AtomicLong held = new AtomicLong();
  private final Set<BrotliEncoder> encoders = ConcurrentHashMap.newKeySet();
  private volatile boolean refused;
  private @Nullable BrotliInstance decoders;

  public BrotliMemory(long limit) {
    this.limit = limit;
  }

  /** What all streams hold now, in bytes. */
  public long held() {
    return held.get();
  }

  /**
   * @param quality 0 to 11
   * @param windowBits 10 to 24
   * @throws BrotliMemoryException when there is no room
   */
  public BrotliEncoder encoder(int quality, int windowBits) {
    BrotliEncoder opened = new BrotliEncoder(this, quality, windowBits);
    encoders.add(opened);
    return opened;
  }

  void closed(BrotliEncoder encoder) {
    encoders.remove(encoder);
  }

  /** The program's time is over: compressions end in their midst. */
  public void interrupt() {
    encoders.forEach(BrotliEncoder::interrupt);
  }

  /**
   * @throws BrotliMemoryException when there is no room
   */
  public BrotliDecoder decoder(BrotliDecoder.Window window) {
    return new BrotliDecoder(this, window);
  }

  /** A memory of its own for one encoder. */
  BrotliInstance newInstance() {
    try {
      return new BrotliInstance(this);
    } catch (UninstantiableException e) {
      throw full();
    }
  }

  /** Decoders need little each, so they share a memory. */
  synchronized BrotliInstance forDecoder() {
    BrotliInstance shared = decoders;
    if (shared == null || !shared.join()) {
      shared = newInstance();
      shared.join();
      decoders = shared;
    }
    return shared;
  }

  boolean hasRefused() {
    return refused;
  }

  BrotliMemoryException full() {
    return new BrotliMemoryException(
        "Brotli streams hold %d bytes and one needs more: the limit is %d, and %d for all programs of the process."
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
    refused = true;
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
