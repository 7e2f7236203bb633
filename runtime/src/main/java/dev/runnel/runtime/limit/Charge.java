package dev.runnel.runtime.limit;

/**
 * What one request has used so far: processor time, as {@link TurnWatch} has seen it, and what it
 * has asked of the program's bindings.
 */
public final class Charge {
  /** For what belongs to no request. */
  public static final Charge NOBODY = new Charge();

  /** The watcher's own. */
  private long nanos;

  /** The loop thread's own. */
  private int operations;

  /** What has been used when this is added. */
  long add(long more) {
    nanos += more;
    return nanos;
  }

  /**
   * Counts one operation on the loop's thread.
   *
   * @return false when that is more than so many; what belongs to no request may go on
   */
  public boolean mayAsk(int most) {
    return this == NOBODY || ++operations <= most;
  }
}
