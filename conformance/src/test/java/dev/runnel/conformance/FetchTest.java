package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.runtime.http.Egress;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.fetch.JettyFetcher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs' own requests look like to other hosts, and what of the answers gets through. */
class FetchTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final long MUCH = 256L << 20;

  /** Between the origin's socket and the client's, several kernel buffers lie; ours are small. */
  private static final long KEPT_AT_MOST = 64L << 20;

  private static final String PASS =
      "export default { fetch: (request) => fetch('ORIGIN/', { headers: request.headers }) };";

  @TempDir private Path folder;
  private RawOrigin origin;

  @BeforeEach
  void openOrigin() throws IOException {
    origin = new RawOrigin();
  }

  @AfterEach
  void closeOrigin() throws IOException {
    origin.close();
  }

  @Test
  void anAnswerThatIsPassedOnKeepsItsEncodingAndLengthAndLosesItsConnectionsFields()
      throws Exception {
    byte[] packed = gzip("packed ".repeat(100));
    try (Served proxy = serve(PASS, Egress.EVERYTHING);
        RawConnection client = new RawConnection(proxy.address())) {
      client.send(
          "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nX-Mine: 1\r\nTE: x\r\n\r\n");
      try (RawOrigin.Request request = origin.accept()) {
        request.send(
            ("HTTP/1.1 200 Fine\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\nX-Theirs: 2\r\n"
                    + "Connection: X-Hop\r\nX-Hop: 3\r\nKeep-Alive: timeout=5\r\n\r\n")
                .formatted(packed.length));
        request.send(ByteBuffer.wrap(packed));

        String head = client.readHead().toLowerCase(Locale.ROOT);
        client.readBody(head);

        assertThat(request.head().toLowerCase(Locale.ROOT))
            .contains("x-mine: 1", "host: 127.0.0.1:" + origin.port())
            .doesNotContain("te: x", "host: a");
        assertThat(head)
            .contains("content-encoding: gzip\r\n", "content-length: " + packed.length + "\r\n")
            .contains("x-theirs: 2")
            .doesNotContain("x-hop", "keep-alive");
      }
    }
  }

  @Test
  void aPackedAnswerIsUnpackedForAClientThatDoesNotUnderstandIt() throws Exception {
    byte[] packed = gzip("packed ".repeat(100));
    try (Served proxy = serve(PASS, Egress.EVERYTHING);
        RawConnection client = new RawConnection(proxy.address())) {
      client.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        request.send(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                .formatted(packed.length));
        request.send(ByteBuffer.wrap(packed));

        String head = client.readHead();

        assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("content-encoding");
        assertThat(client.readBody(head)).isEqualTo("packed ".repeat(100));
      }
    }
  }

  @Test
  void aBodyIsPassedOnAsItComes() throws Exception {
    try (Served proxy = serve(PASS, Egress.EVERYTHING);
        RawConnection client = new RawConnection(proxy.address())) {
      client.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.readHead();
        request.send("5\r\nshell\r\n");
        assertThat(client.readChunk()).isEqualTo("shell");
        request.send("4\r\nrest\r\n0\r\n\r\n");
        assertThat(client.readChunks()).isEqualTo("rest");
      }
    }
  }

  @Test
  void anOriginThatBreaksOffBreaksItsClientsConnection() throws Exception {
    try (Served proxy = serve(PASS, Egress.EVERYTHING);
        RawConnection client = new RawConnection(proxy.address())) {
      client.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshell\r\n");
        client.readHead();
        assertThat(client.readChunk()).isEqualTo("shell");
      }

      assertThatThrownBy(client::readChunks).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientThatLeavesIsNotFetchedFor() throws Exception {
    try (Served proxy = serve(PASS, Egress.EVERYTHING);
        RawConnection client = new RawConnection(proxy.address())) {
      client.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshell\r\n");
        client.readHead();
        client.close();

        request.awaitEnd();
      }
    }
  }

  @Test
  void aBodyThatNoClientWantsIsGivenUp() throws Exception {
    try (Served proxy = serve(PASS, Egress.EVERYTHING);
        RawConnection client = new RawConnection(proxy.address())) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      try (RawOrigin.Request request = origin.accept()) {
        request.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(MUCH));
        client.readHead();

        assertThat(request.sendUntilClosed(MUCH)).isLessThan(KEPT_AT_MOST);
      }
    }
  }

  @Test
  void aClientThatReadsSlowlyPausesTheOrigin() throws Exception {
    try (Served proxy = serve(PASS, Egress.EVERYTHING);
        RawConnection client = new RawConnection(proxy.address())) {
      client.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        request.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(MUCH));
        client.readHead();

        assertThat(request.sendUntilPaused(MUCH)).isLessThan(KEPT_AT_MOST);
      }
    }
  }

  @Test
  void aProgramThatReadsSlowlyPausesTheOrigin() throws Exception {
    String program =
        """
        export default {
          async fetch() {
            const reader = (await fetch("ORIGIN/")).body.getReader();
            const { value } = await reader.read();
            return new Response(new ReadableStream({
              start: (controller) => controller.enqueue(value.slice(0, 1)),
              cancel: () => reader.cancel(),
            }));
          },
        };
        """;
    try (Served served = serve(program, Egress.EVERYTHING);
        RawConnection client = new RawConnection(served.address())) {
      client.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        request.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\nx".formatted(MUCH));
        client.readHead();

        assertThat(request.sendUntilPaused(MUCH)).isLessThan(KEPT_AT_MOST);
        client.close();
        request.awaitEnd();
      }
    }
  }

  @Test
  void anOriginThatReadsSlowlyPausesTheProgram() throws Exception {
    String program =
        """
        let made = 0;
        const chunk = new Uint8Array(65536);
        const endless = () => new ReadableStream({ pull(c) { made += chunk.length; c.enqueue(chunk); } });
        export default {
          async fetch() {
            if (made === 0) {
              fetch("ORIGIN/", { method: "POST", duplex: "half", body: endless() }).catch(() => {});
              return new Response("begun");
            }
            return new Response(String(made));
          },
        };
        """;
    try (Served served = serve(program, Egress.EVERYTHING)) {
      served.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        String before = "";
        String now = body(served);
        while (!now.equals(before)) {
          before = now;
          now = body(served);
        }

        assertThat(request.head()).contains("Transfer-Encoding: chunked");
        assertThat(Long.parseLong(now)).isLessThan(KEPT_AT_MOST);
      }
    }
  }

  @Test
  void whatWasNotGrantedIsOutOfReachAlsoByARedirect() throws Exception {
    String program =
        """
        const why = (error) => `${error.message}: ${error.cause.code} ${error.cause.message}`;
        export default { fetch: (request) => fetch("ORIGIN/").then((r) => r.text(), why).then((t) => new Response(t)) };
        """;
    try (Served served = serve(program, Egress.PUBLIC)) {
      assertThat(served.get("/")).contains("fetch failed: EACCES This program may not reach");
    }
    var grant = new Egress.Grant("127.0.0.1", OptionalInt.of(origin.port()));
    try (Served served = serve(program, new Egress(Egress.Reach.PUBLIC, List.of(grant)));
        RawConnection client = new RawConnection(served.address())) {
      client.get("/");
      try (RawOrigin.Request request = origin.accept()) {
        request.send(
            "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/\r\nContent-Length: 0\r\n\r\n"
                .formatted(origin.port()));

        assertThat(client.readBody(client.readHead()))
            .contains("EACCES This program may not reach localhost:" + origin.port());
      }
    }
  }

  private static String body(Served served) throws Exception {
    String answer = served.get("/");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private Served serve(String program, Egress egress) throws Exception {
    Path file = folder.resolve("worker.mjs");
    Files.writeString(file, program.replace("ORIGIN", origin.url()));
    var options = Project.OPTIONS.withFetcher(new JettyFetcher(egress));
    return Served.start(file, NETWORK, options);
  }

  private static byte[] gzip(String text) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
