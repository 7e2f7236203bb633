package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Where an isolate's cryptography runs: what is quickly done, at once on the isolate's thread; the
 * rest as completions, on as many threads as there are processors. All isolates share those
 * threads, and each may occupy half of them, so that none shuts out the others.
 */
final class CryptoWork {
  /** Hashing or encrypting so much takes less than handing it over and back. */
  private static final int SMALL_BYTES = 64 << 10;

  /** Copies that wait for their turn. Beyond that, data is worked on where it is, at once. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  private static final int MAX_WAITING = 10_000;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(
          PROCESSORS, Thread.ofPlatform().name("runnel-crypto-", 1).daemon().factory());

  private final Background background;
  private final Semaphore turns = new Semaphore(Math.max(1, PROCESSORS / 2));
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();

  CryptoWork(Background background) {
    this.background = background;
  }

  /** Small data is worked on at once; of large data a copy is, elsewhere. */
  JsValue on(Arguments args, int index, Function<ByteBuffer, JsValue> work) {
    ByteBuffer data = args.bytes(index, "data").slice();
    return data.remaining() <= SMALL_BYTES ? work.apply(data) : elsewhere(args, index, work);
  }

  /** For work that takes long whatever its data. */
  JsValue elsewhere(Arguments args, int index, Function<ByteBuffer, JsValue> work) {
    if (!hasRoomFor(args)) {
      return work.apply(args.bytes(index, "data").slice());
    }
    ByteBuffer copy = ByteBuffer.wrap(args.copyOfBytes(index, "data"));
    return later(args, () -> work.apply(copy));
  }

  /** Returns the id of the completion. The work may keep copies of all bytes in the arguments. */
  JsValue later(Arguments args, Callable<JsValue> work) {
    if (waiting.get() >= MAX_WAITING || !hasRoomFor(args)) {
      throw HostError.dom(
          "OperationError",
          "%d cryptographic operations on %d bytes are under way; the limits are %d and %d.",
          waiting.get(),
          waitingBytes.get(),
          MAX_WAITING,
          MAX_WAITING_BYTES);
    }
    long bytes = bytesIn(args);
    waiting.incrementAndGet();
    waitingBytes.addAndGet(bytes);
    return JsValue.of(background.start(() -> inTurn(bytes, work)));
  }

  private boolean hasRoomFor(Arguments args) {
    return waitingBytes.get() + bytesIn(args) <= MAX_WAITING_BYTES;
  }

  private static long bytesIn(Arguments args) {
    return args.all().stream()
        .mapToLong(value -> value instanceof JsValue.Bytes(var bytes) ? bytes.remaining() : 0)
        .sum();
  }

  private JsValue inTurn(long bytes, Callable<JsValue> work) throws Exception {
    turns.acquire();
    try {
      if (background.hasEnded()) {
        throw HostError.dom("OperationError", "The isolate has ended.");
      }
      return THREADS.submit(work).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      turns.release();
      waiting.decrementAndGet();
      waitingBytes.addAndGet(-bytes);
    }
  }
}
