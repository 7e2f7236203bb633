package dev.runnel.runtime.http;

/**
 * What a program may do with sockets of its own, those of {@code node:net}.
 *
 * @param egress which hosts it may connect to and look up
 * @param listening whether it may open ports
 * @param open how many sockets, connected or listening, each isolate may have, and as many ports of
 *     {@code node:http}
 */
public record NetAccess(Egress egress, Listening listening, int open) {

  /** Whether a program may open ports that carry bytes. */
  public enum Listening {
    ALLOWED,
    REFUSED
  }

  public static final NetAccess NONE = new NetAccess(Egress.NOTHING, Listening.REFUSED, 1_000);

  public NetAccess {
    if (open < 0) {
      throw new IllegalArgumentException(
          "The limit of open sockets can't be negative: %d.".formatted(open));
    }
  }

  public NetAccess withEgress(Egress changed) {
    return new NetAccess(changed, listening, open);
  }

  public NetAccess withListening(Listening changed) {
    return new NetAccess(egress, changed, open);
  }

  public NetAccess withOpen(int changed) {
    return new NetAccess(egress, listening, changed);
  }
}
