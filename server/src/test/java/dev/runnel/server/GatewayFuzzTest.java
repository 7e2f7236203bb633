package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random connections, read by the gateway and by {@link StrictParser}. A failure names its seed;
 * {@code -Drunnel.fuzz.seed=SEED} runs that one, {@code -Drunnel.fuzz.runs=N} tries N others.
 */
class GatewayFuzzTest {
  private static final int RUNS = Integer.getInteger("runnel.fuzz.runs", 1500);
  private static final long FIRST = Long.getLong("runnel.fuzz.seed", 20_261_121L);
  private static final boolean ONE = System.getProperty("runnel.fuzz.seed") != null;
  private static final Pattern SEEN =
      Pattern.compile("(\\S+) https?://[^/?]*(\\S*) (\".*\")", Pattern.DOTALL);
  private static final Pattern HEAD =
      Pattern.compile("HTTP/1\\.1 (\\d{3}) .*?\r\n\r\n", Pattern.DOTALL);
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

  private static final String LAST = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private static EchoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new EchoServer(ServerOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void goodRequestsAreReadAsTheyAre() throws Exception {
    for (long seed : seeds()) {
      String sent = new RandomRequests(seed).good() + LAST;
      assertThat(seenBy(server.connect().send(sent)))
          .as(named(seed, sent))
          .isEqualTo(StrictParser.requests(sent));
    }
  }

  @Test
  void spoiltRequestsAreReadAsAStrictReaderWouldOrRefused() throws Exception {
    for (long seed : seeds()) {
      String sent = new RandomRequests(seed).spoilt();
      List<String> strict = StrictParser.requests(sent);
      RawClient client = server.connect().sendUnlessClosed(sent);
      client.shutdownUnlessClosed();
      List<String> seen = seenBy(client);
      assertThat(seen)
          .as(named(seed, sent))
          .hasSizeLessThanOrEqualTo(strict.size())
          .isEqualTo(strict.subList(0, Math.min(seen.size(), strict.size())));
    }
    assertThat(seenBy(server.connect().send(LAST))).containsExactly("GET /last \"\"");
  }

  private static long[] seeds() {
    long[] seeds = new long[ONE ? 1 : RUNS];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = FIRST + i;
    }
    return seeds;
  }

  private static String named(long seed, String sent) {
    return "seed %d: %s".formatted(seed, sent.replace("\r", "\\r").replace("\n", "\\n"));
  }

  /** The requests that the program has answered; every answer has to be a whole one. */
  private static List<String> seenBy(RawClient asking) throws IOException {
    List<String> seen = new ArrayList<>();
    try (RawClient client = asking) {
      String answers = client.readAsFarAsItGoes();
      Matcher head = HEAD.matcher(answers);
      int at = 0;
      while (at < answers.length()) {
        assertThat(head.find(at) && head.start() == at).as("an answer: " + answers).isTrue();
        Matcher length = LENGTH.matcher(head.group());
        int end = head.end() + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        if (head.group(1).equals("200")) {
          seen.add(seen(answers.substring(head.end(), end)));
        }
        at = end;
      }
    }
    return seen;
  }

  private static String seen(String echo) {
    Matcher matcher = SEEN.matcher(echo);
    assertThat(matcher.matches()).as(echo).isTrue();
    return "%s %s %s".formatted(matcher.group(1), matcher.group(2), matcher.group(3));
  }
}
