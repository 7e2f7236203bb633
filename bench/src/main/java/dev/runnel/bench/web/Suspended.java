package dev.runnel.bench.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What each of a thousand answers that have begun and wait takes of its isolate's heap. */
final class Suspended {
  private static final int ANSWERS = 1_000;

  private final Path root;

  Suspended(Path root) {
    this.root = root;
  }

  List<String> run() throws IOException, InterruptedException {
    int port = Processes.freePort();
    try (Processes processes = new Processes()) {
      processes.start(
          List.of(
              root.resolve("runnel").toString(),
              "run",
              "--listen",
              "127.0.0.1:" + port,
              root.resolve("bench/src/main/js/web/suspended.mjs").toString()),
          port);
      double kilobytes = kilobytesOfEach(port);
      System.out.printf("  %d answers that wait: %.1f KB each%n", ANSWERS, kilobytes);
      return List.of("FIGURE suspended_stream_kb %.1f".formatted(kilobytes));
    }
  }

  private static double kilobytesOfEach(int port) throws IOException, InterruptedException {
    List<Socket> clients = new ArrayList<>();
    try {
      clients.add(begin(port));
      double before = heap(port);
      for (int i = 0; i < ANSWERS; i++) {
        clients.add(begin(port));
      }
      return (heap(port) - before) / ANSWERS / 1024;
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** Returns when the answer's first bytes are there. */
  private static Socket begin(int port) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.getOutputStream().write("GET /open HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
    InputStream in = client.getInputStream();
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf("begun") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("An answer ended that was to wait: " + seen);
      }
      seen.append((char) next);
    }
    return client;
  }

  private static double heap(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:%d/heap".formatted(port));
      return Double.parseDouble(
          client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    }
  }
}
