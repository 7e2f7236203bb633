package dev.runnel.runtime.host.web.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL record (URL Standard, section 4.1) while it is being parsed or changed. Its serialization
 * is what the JavaScript side keeps.
 */
final class Url {
  private static final Map<String, Integer> SPECIAL_SCHEMES =
      Map.of("ftp", 21, "file", -1, "http", 80, "https", 443, "ws", 80, "wss", 443);

  static final int NO_PORT = -1;

  String scheme = "";
  String username = "";
  String password = "";

  /** Serialized; null when there is none, which differs from an empty one. */
  @Nullable String host;

  int port = NO_PORT;

  /** The path when it is opaque, as in {@code data:}; null when it is a list of segments. */
  @Nullable String opaquePath;

  List<String> path = new ArrayList<>();
  @Nullable String query;
  @Nullable String fragment;

  static boolean isSpecial(String scheme) {
    return SPECIAL_SCHEMES.containsKey(scheme);
  }

  static int defaultPort(String scheme) {
    return SPECIAL_SCHEMES.getOrDefault(scheme, NO_PORT);
  }

  boolean isSpecial() {
    return isSpecial(scheme);
  }

  boolean isFile() {
    return scheme.equals("file");
  }

  boolean hasCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  boolean cannotHaveCredentialsOrPort() {
    return host == null || host.isEmpty() || isFile();
  }

  void copyAuthorityFrom(Url other) {
    username = other.username;
    password = other.password;
    host = other.host;
    port = other.port;
  }

  void copyPathFrom(Url other) {
    opaquePath = other.opaquePath;
    path = new ArrayList<>(other.path);
  }

  /** Removes the last segment, except a file URL's drive letter. */
  void shortenPath() {
    if (path.isEmpty()) {
      return;
    }
    if (isFile() && path.size() == 1 && WindowsDrive.isNormalized(path.getFirst())) {
      return;
    }
    path.removeLast();
  }

  String pathText() {
    return opaquePath != null ? opaquePath : path.isEmpty() ? "" : "/" + String.join("/", path);
  }

  /** The URL serializer, section 4.5. */
  @Override
  public String toString() {
    var out = new StringBuilder(scheme).append(':');
    if (host != null) {
      appendAuthority(out);
    } else if (opaquePath == null && path.size() > 1 && path.getFirst().isEmpty()) {
      out.append("/.");
    }
    out.append(pathText());
    if (query != null) {
      out.append('?').append(query);
    }
    if (fragment != null) {
      out.append('#').append(fragment);
    }
    return out.toString();
  }

  private void appendAuthority(StringBuilder out) {
    out.append("//");
    if (hasCredentials()) {
      out.append(username);
      if (!password.isEmpty()) {
        out.append(':').append(password);
      }
      out.append('@');
    }
    out.append(host);
    if (port != NO_PORT) {
      out.append(':').append(port);
    }
  }
}
