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
          PROCESSORS,
          Thread.ofPlatform()
              .name("runnel-crypto-", 1)
              .daemon()
              .priority(Thread.MIN_PRIORITY + 1)
              .factory());

  private final Background background;
  private final Semaphore turns = new Semaphore(Math.max(1, PROCESSORS / 2));
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();

  CryptoWork(Background background) {
    this.background = background;
  }

  /** Small data is worked on at once; of large data a copy is. */
  JsValue on(Arguments args, int index, Function<ByteBuffer, JsValue> work) {
    ByteBuffer data = args.bytes(index, "data").slice();
    int size = data.remaining();
    if (size <= SMALL_BYTES || waitingBytes.get() + size > MAX_WAITING_BYTES) {
      return work.apply(data);
    }
    ByteBuffer copy = ByteBuffer.wrap(args.copyOfBytes(index, "data"));
    waitingBytes.addAndGet(size);
    return later(
        () -> {
          try {
            return work.apply(copy);
          } finally {
            waitingBytes.addAndGet(-size);
          }
        });
  }

  /** Returns the id of the completion. */
  JsValue later(Callable<JsValue> work) {
    if (waiting.get() >= MAX_WAITING) {
      throw HostError.dom(
          "OperationError",
          "%d cryptographic operations of this isolate are under way, which is the limit.",
          MAX_WAITING);
    }
    waiting.incrementAndGet();
    return JsValue.of(background.start(() -> inTurn(work)));
  }

  private JsValue inTurn(Callable<JsValue> work) throws Exception {
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
    }
  }
}
