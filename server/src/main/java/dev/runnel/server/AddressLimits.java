package dev.runnel.server;

/**
 * What one client address may take of the server. An IPv6 address stands for its /64, since a
 * client has all of that.
 *
 * @param connections that it may have open over all ports; more are closed as they come. Trusted
 *     proxies may have any number: of a client that they name its open requests count instead, more
 *     of which are answered with 429
 * @param countsLocal whether connections from this machine count
 * @param requests that it may begin per second, twice as many at once; more are answered with 429;
 *     0 for any number. Behind trusted proxies the client counts that they name
 */
public record AddressLimits(int connections, boolean countsLocal, int requests) {
  public static final AddressLimits DEFAULT = new AddressLimits(1_000, false, 0);

  /** So many connections, those from this machine included. */
  public AddressLimits withConnections(int count) {
    return new AddressLimits(count, true, requests);
  }

  public AddressLimits withRequests(int perSecond) {
    return new AddressLimits(connections, countsLocal, perSecond);
  }
}
