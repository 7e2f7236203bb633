package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.server.JettyNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** HTMLRewriter over a real connection. */
class RewriterTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
  }

  @Test
  void eachPartOfTheExampleArrivesRewrittenBeforeTheNext() throws Exception {
    try (Served page = Served.start(Project.EXAMPLES.resolve("html-rewriter/main.js"), NETWORK);
        RawConnection client = new RawConnection(page.address())) {
      client.get("/");
      assertThat(client.readHead()).contains("text/html");

      String first = client.readChunksUntil("rel=\"noopener\"");
      assertThat(first).contains("<h2 id=\"part-1\">").doesNotContain("Then");
      String rest = client.readChunks();

      assertThat(first + rest)
          .contains("<a href=\"https://elsewhere.net/\" rel=\"noopener\">elsewhere ↗</a>")
          .contains("<a href=\"https://example.org/here\">here</a>.</p>")
          .doesNotContain("draft")
          .endsWith("<h2 id=\"part-3\">At last</h2></main><footer>3 parts</footer>");
    }
  }

  /** The isolate's limit is far below what streams through it. */
  @Test
  void aHundredMegabytesNeedNoMoreMemoryThanOne() throws Exception {
    try (Served page = Served.start(Project.PROGRAMS.resolve("rewrites-much.mjs"), NETWORK);
        RawConnection client = new RawConnection(page.address())) {
      client.get("/");
      client.readHead();
      long length = 0;
      String last = "";
      for (String chunk = client.readChunk(); !chunk.isEmpty(); chunk = client.readChunk()) {
        length += chunk.length();
        last = chunk;
      }

      assertThat(length).isGreaterThan(100L << 20);
      assertThat(last).endsWith("<p>12800 tables</p>");
    }
  }
}
