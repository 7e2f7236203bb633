package dev.runnel.image.registry;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Requests to one registry: who asks, where it sends us on to, and whether that may see who asks.
 * Credentials and tokens go to the registry's own host and to nobody else; credentials go besides
 * to the token service that the registry names. Used by one thread.
 */
final class RegistryHttp implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTS = 5;
  private static final int LARGEST_TOKEN = 1 << 20;

  private final RegistryAccess access;
  private final HttpClient http;
  private Optional<String> authorization = Optional.empty();

  /** One request; its body can be sent more than once. */
  record Call(String method, URI uri, Map<String, String> fields, BodyPublisher body) {
    static Call of(String method, URI uri) {
      return new Call(method, uri, Map.of(), HttpRequest.BodyPublishers.noBody());
    }

    Call with(String name, String value) {
      Map<String, String> more = new TreeMap<>(fields);
      more.put(name, value);
      return new Call(method, uri, more, body);
    }

    Call with(BodyPublisher content) {
      return new Call(method, uri, fields, content);
    }

    Call to(URI other) {
      return new Call(method, other, fields, body);
    }
  }

  RegistryHttp(RegistryAccess access) {
    this.access = access;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    access.tls().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /** The answer, of whatever status; the caller closes its body. */
  HttpResponse<InputStream> send(Call call)
      throws IOException, InterruptedException, ImageException {
    HttpResponse<InputStream> answer = follow(call);
    if (answer.statusCode() == 401 && authorization.isEmpty()) {
      Optional<Challenge> challenge =
          answer.headers().allValues("WWW-Authenticate").stream()
              .map(Challenge::parse)
              .flatMap(Optional::stream)
              .findFirst();
      if (challenge.isPresent()) {
        answer.body().close();
        authorization = Optional.of(answerTo(challenge.get()));
        answer = follow(call);
        if (answer.statusCode() == 401) {
          authorization = Optional.empty();
        }
      }
    } else if (answer.statusCode() == 401) {
      // A token is good for some minutes, and for what it was asked for.
      answer.body().close();
      authorization = Optional.empty();
      return send(call);
    }
    return answer;
  }

  private HttpResponse<InputStream> follow(Call call)
      throws IOException, InterruptedException, ImageException {
    HttpResponse<InputStream> answer = once(call);
    for (int i = 0; i < MOST_REDIRECTS && isRedirect(answer, call); i++) {
      answer.body().close();
      answer = once(call.to(location(answer)));
    }
    return answer;
  }

  private static boolean isRedirect(HttpResponse<InputStream> answer, Call call) {
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    return reads
        && answer.statusCode() / 100 == 3
        && answer.headers().firstValue("Location").isPresent();
  }

  /** Where an answer leads on to. */
  URI location(HttpResponse<InputStream> answer) throws ImageException {
    String text = answer.headers().firstValue("Location").orElse("");
    try {
      URI uri = answer.uri().resolve(text);
      boolean isHttp = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean weakens = "https".equals(answer.uri().getScheme()) && "http".equals(uri.getScheme());
      if (!text.isEmpty() && isHttp && !weakens && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new ImageException(e, "%s leads on to \"%s\", which is no URL.", access.host(), text);
    }
    throw new ImageException("%s leads on to \"%s\", where we don't go.", access.host(), text);
  }

  private HttpResponse<InputStream> once(Call call) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .method(call.method(), call.body())
            .timeout(ANSWER)
            .header("User-Agent", "runnel");
    call.fields().forEach(request::header);
    if (isOwn(call.uri())) {
      authorization.ifPresent(value -> request.header("Authorization", value));
    }
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private boolean isOwn(URI uri) {
    return access.base().getScheme().equals(uri.getScheme())
        && access.base().getAuthority().equalsIgnoreCase(uri.getAuthority());
  }

  private String answerTo(Challenge challenge)
      throws IOException, InterruptedException, ImageException {
    if (challenge.scheme().equals("bearer")) {
      return "Bearer " + token(challenge);
    }
    Credentials who =
        access
            .credentials()
            .orElseThrow(
                () ->
                    new ImageException(
                        "%s wants a user and a password; give them with --username and"
                            + " --password-file.",
                        access.host()));
    checkPrivate(access.base());
    return who.basic();
  }

  /** The distribution specification's token authentication. */
  private String token(Challenge challenge)
      throws IOException, InterruptedException, ImageException {
    URI service = tokenService(challenge);
    HttpRequest.Builder request = HttpRequest.newBuilder(service).timeout(ANSWER);
    if (access.credentials().isPresent()) {
      checkPrivate(service);
      request.header("Authorization", access.credentials().get().basic());
    }
    HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new ImageException(
            "%s gives no token: its service at %s answered with %d.",
            access.host(), service.getHost(), answer.statusCode());
      }
      Json json = Json.parse(body.readNBytes(LARGEST_TOKEN), "The token of " + access.host());
      Optional<String> token = json.string("token");
      String text = token.isPresent() ? token.get() : json.required("access_token");
      if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new ImageException("The token of %s is no token.", access.host());
      }
      return text;
    }
  }

  private URI tokenService(Challenge challenge) throws ImageException {
    String realm = challenge.parameter("realm").orElse("");
    try {
      StringBuilder query = new StringBuilder();
      for (String name : new String[] {"service", "scope"}) {
        challenge
            .parameter(name)
            .ifPresent(value -> query.append('&').append(name).append('=').append(encoded(value)));
      }
      URI uri = URI.create(realm + (realm.contains("?") ? "" : "?") + query);
      boolean isPlain = "http".equals(uri.getScheme());
      boolean isAllowed = isPlain && !access.base().getScheme().equals("https");
      if (uri.getHost() != null && ("https".equals(uri.getScheme()) || isAllowed)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new ImageException(e, "%s names a token service \"%s\".", access.host(), realm);
    }
    throw new ImageException(
        "%s names a token service \"%s\", where we don't go.", access.host(), realm);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void checkPrivate(URI uri) throws ImageException {
    if (!"https".equals(uri.getScheme()) && !RegistryAccess.isLoopback(uri.getAuthority())) {
      throw new ImageException(
          "Credentials are not sent to %s, since the connection isn't encrypted.", uri.getHost());
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
