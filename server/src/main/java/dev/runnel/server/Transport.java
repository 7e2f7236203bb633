package dev.runnel.server;

import java.util.Optional;

/**
 * What lies between clients and this server.
 *
 * @param certificates with them every port speaks TLS; without, plain text
 * @param proxies whose {@code Forwarded} and {@code X-Forwarded-*} fields are believed
 * @param proxyProtocol whether those proxies begin each connection with a PROXY header (versions 1
 *     and 2); one of theirs that doesn't is closed
 */
public record Transport(
    Optional<Certificates> certificates, TrustedProxies proxies, boolean proxyProtocol) {
  public static final Transport PLAIN = new Transport(Optional.empty(), TrustedProxies.NONE, false);
}
