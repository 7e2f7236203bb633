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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of the requests in {@code bad-input.txt}. */
class BadInputTest {
  private static final String CANARY = "GET /canary HTTP/1.1\r\nHost: canary\r\n\r\n";
  private static final String ANSWERED = "GET http://canary/canary \"\"";
  private static final Pattern BETWEEN =
      Pattern.compile(", (?=body |goaway|\\d{3}|[A-Za-z]+ http)");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

  private static EchoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new EchoServer(ServerOptions.DEFAULT.withBodyBytes(1 << 20).withHeaderBytes(4096));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<BadInput> cases() throws IOException {
    return BadInput.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isAnsweredAsTheRulesSay(BadInput input) throws Exception {
    int before = server.program.asked.get();
    List<String> outcome = List.of(BETWEEN.split(input.outcome()));
    try (RawClient client = server.connect().sendUnlessClosed(input.bytes())) {
      if (input.outcome().equals("goaway")) {
        assertThat(client.readAsFarAsItGoes()).contains("invalid_preface");
        return;
      }
      assertThat(outcomes(client, outcome.size())).isEqualTo(statuses(outcome));
      if (isOver(outcome.getLast())) {
        assertThat(client.isAtEnd()).as("the connection is closed").isTrue();
      } else {
        assertThat(outcomes(client.send(CANARY), 1)).containsExactly(ANSWERED);
      }
    }
    long heads = outcome.stream().filter(one -> !one.matches("\\d+|goaway")).count();
    assertThat(server.program.asked.get() - before)
        .isEqualTo((int) heads + (isOver(outcome.getLast()) ? 0 : 1));
  }

  @Test
  void theCorpusIsWhole() throws Exception {
    assertThat(cases()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    assertThat(cases()).extracting(BadInput::what).doesNotHaveDuplicates();
  }

  private static boolean isOver(String outcome) {
    return outcome.matches("(body )?\\d+|goaway");
  }

  private static List<String> statuses(List<String> outcome) {
    return outcome.stream().map(one -> one.replace("body ", "")).toList();
  }

  private static List<String> outcomes(RawClient client, int count) throws IOException {
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String head = client.readHead();
      Matcher length = LENGTH.matcher(head);
      assertThat(length.find()).as(head).isTrue();
      String body = client.read(Integer.parseInt(length.group(1)));
      outcomes.add(head.startsWith("HTTP/1.1 200 ") ? body : head.substring(9, 12));
    }
    return outcomes;
  }
}
