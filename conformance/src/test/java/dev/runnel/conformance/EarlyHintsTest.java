package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.server.JettyNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 103 Early Hints of fetch handlers (RFC 8297), as a client sees them on its connection. */
class EarlyHintsTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    NETWORK.close();
  }

  @Test
  void hintsArriveWhileTheAnswerIsBeingMade() throws Exception {
    try (Served served =
            serve(
                """
                let go;
                export default {
                  async fetch(request, env, ctx) {
                    if (request.url.endsWith("/go")) {
                      go();
                      return new Response("gone");
                    }
                    ctx.writeEarlyHints({ link: "</a.css>; rel=preload; as=style", "content-length": "3" });
                    ctx.writeEarlyHints([["link", "</b.js>; rel=preload; as=script"], ["x-a", "b"]]);
                    await new Promise((resolve) => (go = resolve));
                    const late = new Response("late");
                    setTimeout(() => ctx.writeEarlyHints({ link: "</never>" }));
                    return late;
                  },
                };
                """);
        RawConnection client = new RawConnection(served.address())) {
      client.get("/");

      assertThat(client.readHead())
          .startsWith("HTTP/1.1 103 Early Hints\r\n")
          .containsIgnoringCase("\r\nlink: </a.css>; rel=preload; as=style\r\n")
          .doesNotContainIgnoringCase("content-length");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 103 ")
          .containsIgnoringCase("\r\nlink: </b.js>; rel=preload; as=script\r\n")
          .containsIgnoringCase("\r\nx-a: b\r\n");
      assertThat(served.get("/go")).endsWith("gone");
      String head = client.readHead();
      assertThat(head).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("\r\nlink:");
      assertThat(client.readBody(head)).isEqualTo("late");
    }
  }

  @Test
  void aServiceWorkersEventHasThemToo() throws Exception {
    try (Served served =
            serve(
                """
                addEventListener("fetch", (event) => {
                  event.writeEarlyHints(new Headers({ link: "</a.css>; rel=preload" }));
                  event.respondWith(new Response("page"));
                });
                """);
        RawConnection client = new RawConnection(served.address())) {
      client.get("/");

      assertThat(client.readHead()).startsWith("HTTP/1.1 103 ");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aRequestHasNoMoreThanSixteen() throws Exception {
    try (Served served =
            serve(
                """
                export default {
                  fetch(request, env, ctx) {
                    let sent = 0;
                    try {
                      for (; ; sent++) ctx.writeEarlyHints({ link: "</a>" });
                    } catch (error) {
                      return new Response(`${sent} ${error.name} ${error.code}`);
                    }
                  },
                };
                """);
        RawConnection client = new RawConnection(served.address())) {
      client.get("/");

      for (int i = 0; i < 16; i++) {
        assertThat(client.readHead()).startsWith("HTTP/1.1 103 ");
      }
      String head = client.readHead();
      assertThat(client.readBody(head)).isEqualTo("16 RangeError ERR_OUT_OF_RANGE");
    }
  }

  @Test
  void whatReactSaysInOnHeadersComesBeforeItsPage() throws Exception {
    try (Served served =
            Served.start(Project.EXAMPLES.resolve("react-worker/dist/main.js"), NETWORK);
        RawConnection client = new RawConnection(served.address())) {
      client.get("/?question=why");

      assertThat(client.readHead())
          .startsWith("HTTP/1.1 103 ")
          .containsIgnoringCase("\r\nlink: </logo.svg>; rel=preload; as=\"image\"");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(client.readChunks()).contains("thinking", "3 letters long");
    }
  }

  private Served serve(String program) throws Exception {
    return Served.start(Files.writeString(folder.resolve("program.mjs"), program), NETWORK);
  }
}
