package dev.runnel.runtime.worker;

import java.time.Duration;

/**
 * How many isolates run a program, and what becomes of requests that none of them can take.
 *
 * @param isolation what one isolate is used for
 * @param memoryPercent an isolate whose live values still take more than this part of its memory
 *     limit after a collection is replaced, once its requests have ended; 100 for never
 * @param drain how long an isolate that is replaced may go on with what it has under way: requests,
 *     WebSockets, work that was given to {@code waitUntil}
 */
public record PoolOptions(
    Isolation isolation, Scaling scaling, Admission admission, int memoryPercent, Duration drain) {

  /** What one isolate is used for. */
  public enum Isolation {
    /** Any number of requests, one after another and at once. */
    ISOLATE,
    /** One request: each starts from the program as it is after its first evaluation. */
    REQUEST
  }

  /**
   * How the number of isolates follows the load.
   *
   * @param least how many there always are; with {@link Isolation#REQUEST}, how many wait for
   *     requests
   * @param most how many there may be; with {@link Isolation#REQUEST}, how many requests are
   *     answered at once
   * @param spares how many more are kept ready to take the place of one that is lost
   * @param queueTime a request that waits longer than this for its isolate's thread asks for
   *     another isolate
   * @param idle after so long without such a request, one isolate above the least is given up
   */
  public record Scaling(int least, int most, int spares, Duration queueTime, Duration idle) {
    private static final int MOST = 4_096;

    public Scaling {
      if (least < 1 || most < least || most > MOST || spares < 0 || spares > MOST) {
        throw new IllegalArgumentException(
            "A program runs in 1 to %d isolates, not in %d to %d with %d spares."
                .formatted(MOST, least, most, spares));
      }
    }

    /** So many, whatever happens. */
    public static Scaling fixed(int isolates) {
      return new Scaling(isolates, isolates, 0, Duration.ofMillis(20), Duration.ofSeconds(60));
    }

    public static Scaling between(int least, int most) {
      return new Scaling(least, most, 0, Duration.ofMillis(20), Duration.ofSeconds(60));
    }

    public Scaling withSpares(int changed) {
      return new Scaling(least, most, changed, queueTime, idle);
    }

    public Scaling withTimes(Duration queueTimeChanged, Duration idleChanged) {
      return new Scaling(least, most, spares, queueTimeChanged, idleChanged);
    }
  }

  /**
   * How many requests a program gets, over all of its isolates. What is above is answered with 503.
   *
   * @param requests how many are in flight at once
   * @param queue how many more may wait until one of those has ended, or an isolate has started
   * @param patience how long each of them may
   */
  public record Admission(int requests, int queue, Duration patience) {
    public Admission {
      if (requests < 1 || queue < 0 || patience.isNegative()) {
        throw new IllegalArgumentException(
            "A program takes at least one request at once, not %d, with a queue of %d for %d ms."
                .formatted(requests, queue, patience.toMillis()));
      }
    }
  }

  public static final PoolOptions DEFAULT =
      new PoolOptions(
          Isolation.ISOLATE,
          Scaling.fixed(1),
          new Admission(10_000, 1_000, Duration.ofSeconds(10)),
          90,
          Duration.ofSeconds(30));

  public PoolOptions {
    if (memoryPercent < 1 || memoryPercent > 100) {
      throw new IllegalArgumentException(
          "An isolate is replaced from 1 to 100 percent of its memory limit, not from %d."
              .formatted(memoryPercent));
    }
  }

  public PoolOptions withIsolation(Isolation changed) {
    return new PoolOptions(changed, scaling, admission, memoryPercent, drain);
  }

  public PoolOptions withScaling(Scaling changed) {
    return new PoolOptions(isolation, changed, admission, memoryPercent, drain);
  }

  public PoolOptions withAdmission(Admission changed) {
    return new PoolOptions(isolation, scaling, changed, memoryPercent, drain);
  }

  public PoolOptions withMemoryPercent(int changed) {
    return new PoolOptions(isolation, scaling, admission, changed, drain);
  }

  public PoolOptions withDrain(Duration changed) {
    return new PoolOptions(isolation, scaling, admission, memoryPercent, changed);
  }

  boolean isOneRequestEach() {
    return isolation == Isolation.REQUEST;
  }
}
