package dev.runnel.server;

import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How fast each address asks: a bucket of tokens for each, of which a request takes one, and which
 * has room for two seconds' worth. Safe from any thread.
 */
final class RequestRates {
  private static final int SECONDS_AT_ONCE = 2;

  /** Above it, buckets that are full again are thrown away; they would say nothing. */
  private static final int MANY = 1 << 16;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<ClientAddress, Bucket> buckets = new ConcurrentHashMap<>();
  private volatile long swept;

  RequestRates(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.swept = nanoTime.getAsLong();
  }

  /** Empty when the request may come; else the whole seconds after which one may. */
  OptionalInt secondsToWait(ClientAddress address) {
    if (perSecond == 0) {
      return OptionalInt.empty();
    }
    sweepIfMany();
    Bucket bucket = buckets.get(address);
    if (bucket == null && buckets.size() < 2 * MANY) {
      bucket = buckets.computeIfAbsent(address, _ -> new Bucket());
    }
    // Of so many addresses at a time none asks too often.
    return bucket == null || bucket.takes()
        ? OptionalInt.empty()
        : OptionalInt.of(bucket.secondsToNext());
  }

  private void sweepIfMany() {
    long now = nanoTime.getAsLong();
    if (buckets.size() > MANY && now - swept > 1_000_000_000L) {
      swept = now;
      buckets.values().removeIf(Bucket::isFull);
    }
  }

  private final class Bucket {
    private double tokens = (double) perSecond * SECONDS_AT_ONCE;
    private long filled = nanoTime.getAsLong();

    synchronized boolean takes() {
      fill();
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }

    synchronized boolean isFull() {
      fill();
      return tokens >= (double) perSecond * SECONDS_AT_ONCE;
    }

    synchronized int secondsToNext() {
      return (int) Math.max(1, Math.ceil((1 - tokens) / perSecond));
    }

    private void fill() {
      long now = nanoTime.getAsLong();
      tokens =
          Math.min((double) perSecond * SECONDS_AT_ONCE, tokens + (now - filled) / 1e9 * perSecond);
      filled = now;
    }
  }
}
