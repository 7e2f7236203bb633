package dev.runnel.image.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.MediaTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry in memory that can be told to misbehave. */
final class FakeRegistry implements AutoCloseable {
  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  volatile String manifestType = MediaTypes.MANIFEST;
  private volatile Mischief mischief = _ -> false;
  private final HttpServer server;

  /** Takes a request instead of the registry, or leaves it. */
  interface Mischief {
    boolean takes(HttpExchange exchange) throws IOException;
  }

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  void misbehave(Mischief how) {
    mischief = how;
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  URI uri(String path) {
    return URI.create("http://" + host() + path);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(exchange.getRequestMethod() + " " + path);
      authorizations.add(exchange.getRequestHeaders().getFirst("Authorization") + "");
      if (!mischief.takes(exchange)) {
        answer(exchange, path);
      }
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        exchange.getResponseHeaders().add("Location", path + "1?state=a");
        exchange.sendResponseHeaders(202, -1);
      }
      case "PUT" -> put(exchange, path, last);
      default -> get(exchange, path, last);
    }
  }

  private void put(HttpExchange exchange, String path, String last) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String digest = Digest.of(body).toString();
    if (path.contains("/manifests/")) {
      manifests.put(last, body);
      manifests.put(digest, body);
    } else {
      if (!exchange.getRequestURI().getQuery().endsWith("digest=" + digest)) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      blobs.put(digest, body);
    }
    exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
    exchange.sendResponseHeaders(201, -1);
  }

  private void get(HttpExchange exchange, String path, String last) throws IOException {
    byte[] content = (path.contains("/manifests/") ? manifests : blobs).get(last);
    if (content == null) {
      send(
          exchange,
          404,
          "{\"errors\":[{\"message\":\"unknown\"}]}".getBytes(StandardCharsets.UTF_8));
      return;
    }
    if (path.contains("/manifests/")) {
      boolean isIndex = new String(content, StandardCharsets.UTF_8).contains("\"manifests\"");
      exchange.getResponseHeaders().add("Content-Type", isIndex ? MediaTypes.INDEX : manifestType);
      exchange.getResponseHeaders().add("Docker-Content-Digest", Digest.of(content).toString());
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, content);
      return;
    }
    int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    send(exchange, 206, java.util.Arrays.copyOfRange(content, from, content.length));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
    if (!isHead) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
