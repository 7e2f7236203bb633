package dev.runnel.runtime.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Which hosts a program's own requests may reach. What is checked is the address that a connection
 * is made to, so a name that resolves to another address at another time wins nothing.
 *
 * @param reach what may be reached without a grant
 * @param grants hosts that may be reached besides, wherever they are
 * @param closed addresses that may be reached through a grant only: those of our own stores
 */
public record Egress(Reach reach, List<Grant> grants, List<InetSocketAddress> closed) {

  /** What may be reached without being named. */
  public enum Reach {
    NOTHING,
    /** All but loopback, private, link-local and other addresses that belong to no public host. */
    PUBLIC,
    EVERYTHING
  }

  /**
   * @param host a name or an address as it stands in URLs, in lower case
   * @param port the one port that is meant, or none for all
   */
  public record Grant(String host, OptionalInt port) {
    public Grant {
      host = host.toLowerCase(Locale.ROOT);
    }

    boolean covers(String name, int number) {
      return host.equals(name.toLowerCase(Locale.ROOT))
          && (port.isEmpty() || port.getAsInt() == number);
    }
  }

  public static final Egress NOTHING = new Egress(Reach.NOTHING, List.of());
  public static final Egress PUBLIC = new Egress(Reach.PUBLIC, List.of());
  public static final Egress EVERYTHING = new Egress(Reach.EVERYTHING, List.of());

  public Egress {
    grants = List.copyOf(grants);
    closed = List.copyOf(closed);
  }

  public Egress(Reach reach, List<Grant> grants) {
    this(reach, grants, List.of());
  }

  /** One that may be reached besides. */
  public Egress withGrant(Grant grant) {
    var all = new ArrayList<>(grants);
    all.add(grant);
    return new Egress(reach, all, closed);
  }

  /** These are out of reach unless they are granted by name. */
  public Egress without(List<InetSocketAddress> addresses) {
    var all = new ArrayList<>(closed);
    all.addAll(addresses);
    return new Egress(reach, grants, all);
  }

  /** False when no address that the name may have could be reached: it needn't be looked up. */
  public boolean mayAllow(String host, int port) {
    return reach != Reach.NOTHING || isGranted(host, port);
  }

  /** Whether the program may learn which addresses a name has. */
  public boolean mayLookUp(String host) {
    return reach != Reach.NOTHING
        || grants.stream().anyMatch(grant -> grant.host().equals(host.toLowerCase(Locale.ROOT)));
  }

  public boolean allows(String host, int port, InetAddress address) {
    if (isGranted(host, port)) {
      return true;
    }
    return !closed.contains(new InetSocketAddress(address, port))
        && (reach == Reach.EVERYTHING || reach == Reach.PUBLIC && PublicAddresses.contain(address));
  }

  private boolean isGranted(String host, int port) {
    return grants.stream().anyMatch(grant -> grant.covers(host, port));
  }

  /** The sentence for a host that is out of reach. */
  public static String refusal(String host, int port) {
    return "This program may not reach %s:%d: outgoing network was not granted."
        .formatted(host, port);
  }
}
