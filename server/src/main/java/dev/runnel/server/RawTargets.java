package dev.runnel.server;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * Targets that Jetty refuses on HTTP/1.1: those with a {@code %} that begins no escape. As in Node,
 * what they mean is the program's business. Jetty, which does nothing with a target, is shown one
 * in which such a {@code %} is escaped.
 */
final class RawTargets {
  private static final Pattern UNDECODABLE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private static final Pattern BEFORE_PATH = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*");

  private RawTargets() {}

  /** A connection with one request at a time, whose target it knows. */
  interface Connection {
    /** The target as it was sent, if Jetty was shown another one. */
    Optional<String> undecodableTarget();
  }

  /** A target that Jetty takes. */
  static String shown(String target) {
    return target.indexOf('%') < 0 ? target : UNDECODABLE.matcher(target).replaceAll("%25");
  }

  /** Path and query as they were sent. */
  static String pathQuery(Request request) {
    Optional<String> undecodable =
        request.getConnectionMetaData() instanceof Connection connection
            ? connection.undecodableTarget()
            : Optional.empty();
    return undecodable
        .map(RawTargets::withoutOrigin)
        .orElseGet(() -> request.getHttpURI().getPathQuery());
  }

  private static String withoutOrigin(String target) {
    String rest = BEFORE_PATH.matcher(target).replaceFirst("");
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
