package dev.runnel.runtime.host.web.url;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an http or https URL leads.
 *
 * @param host a name or an address, an IPv6 one in brackets
 * @param target path and query
 */
public record HttpAddress(boolean secure, String host, int port, String target) {

  /** Empty for what is no such URL. Credentials and fragment are left out. */
  public static Optional<HttpAddress> of(String href) {
    return UrlParser.parse(href, null).flatMap(HttpAddress::of);
  }

  private static Optional<HttpAddress> of(Url url) {
    @Nullable String host = url.host;
    boolean secure = url.scheme.equals("https");
    if (host == null || !secure && !url.scheme.equals("http")) {
      return Optional.empty();
    }
    int port = url.port == Url.NO_PORT ? Url.defaultPort(url.scheme) : url.port;
    String query = url.query == null ? "" : "?" + url.query;
    return Optional.of(new HttpAddress(secure, host, port, url.pathText() + query));
  }
}
