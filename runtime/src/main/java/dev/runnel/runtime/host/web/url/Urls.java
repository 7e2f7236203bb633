package dev.runnel.runtime.host.web.url;

import java.util.Optional;

/** The URL parser as the {@code URL} class uses it: text in, serialization out. */
public final class Urls {
  private Urls() {}

  /** Bytes of a string in which valid escapes stand for one each. */
  public static byte[] percentDecode(String text) {
    return PercentEncoding.decode(text);
  }

  public static Optional<String> parse(String input) {
    return UrlParser.parse(input, null).map(Url::toString);
  }

  public static Optional<String> parse(String input, String base) {
    return UrlParser.parse(base, null)
        .flatMap(url -> UrlParser.parse(input, url))
        .map(Url::toString);
  }

  /**
   * A setter of the URL class, section 6.1.
   *
   * @param href the serialization of a URL
   * @return its serialization afterwards, the same one when the value was refused
   */
  public static String set(String href, String part, String value) {
    Url url =
        UrlParser.parse(href, null)
            .orElseThrow(() -> new IllegalArgumentException("no serialization of a URL"));
    switch (part) {
      case "protocol" -> UrlParser.set(url, value + ":", UrlParser.State.SCHEME_START);
      case "username" -> setUsername(url, value);
      case "password" -> setPassword(url, value);
      case "host" -> setHost(url, value, UrlParser.State.HOST);
      case "hostname" -> setHost(url, value, UrlParser.State.HOSTNAME);
      case "port" -> setPort(url, value);
      case "pathname" -> setPathname(url, value);
      case "search" -> setSearch(url, value);
      case "hash" -> setHash(url, value);
      default -> throw new IllegalArgumentException("no part of a URL: " + part);
    }
    return url.toString();
  }

  private static void setUsername(Url url, String value) {
    if (!url.cannotHaveCredentialsOrPort()) {
      url.username = PercentEncoding.encode(value, PercentEncoding.Set.USERINFO);
    }
  }

  private static void setPassword(Url url, String value) {
    if (!url.cannotHaveCredentialsOrPort()) {
      url.password = PercentEncoding.encode(value, PercentEncoding.Set.USERINFO);
    }
  }

  private static void setHost(Url url, String value, UrlParser.State state) {
    if (url.opaquePath == null) {
      UrlParser.set(url, value, state);
    }
  }

  private static void setPort(Url url, String value) {
    if (url.cannotHaveCredentialsOrPort()) {
      return;
    }
    if (value.isEmpty()) {
      url.port = Url.NO_PORT;
    } else {
      UrlParser.set(url, value, UrlParser.State.PORT);
    }
  }

  private static void setPathname(Url url, String value) {
    if (url.opaquePath == null) {
      url.path.clear();
      UrlParser.set(url, value, UrlParser.State.PATH_START);
    }
  }

  private static void setSearch(Url url, String value) {
    if (value.isEmpty()) {
      url.query = null;
    } else {
      url.query = "";
      UrlParser.set(url, value.startsWith("?") ? value.substring(1) : value, UrlParser.State.QUERY);
    }
  }

  private static void setHash(Url url, String value) {
    if (value.isEmpty()) {
      url.fragment = null;
    } else {
      url.fragment = "";
      UrlParser.set(
          url, value.startsWith("#") ? value.substring(1) : value, UrlParser.State.FRAGMENT);
    }
  }
}
