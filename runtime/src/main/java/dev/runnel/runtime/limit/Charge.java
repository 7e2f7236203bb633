package dev.runnel.runtime.limit;

/** Processor time that one request has used so far, as {@link TurnWatch} has seen it. */
public final class Charge {
  /** For what belongs to no request. */
  public static final Charge NOBODY = new Charge();

  /** The watcher's own. */
  private long nanos;

  /** What has been used when this is added. */
  long add(long more) {
    nanos += more;
    return nanos;
  }
}
