package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.server.JettyNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Apps made with Web frameworks from npm: the same bundle gives the same client the same answers as
 * on Node, status, headers and body. {@code ./dev golden} writes what Node answers; {@code
 * differences.txt} names what differs.
 */
class FrameworkTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final Path FOLDER = Project.CONFORMANCE.resolve("frameworks");
  private static final int LEAST_REQUESTS = 30;

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hono", "itty-router", "h3"})
  void anAppAnswersAsOnNode(String app) throws Exception {
    Map<String, String> golden = byRequest(Project.read(FOLDER.resolve("golden/" + app + ".txt")));
    Path bundle = Project.CONFORMANCE.resolve("target/frameworks/" + app + ".mjs");
    try (Served served = Served.start(bundle, NETWORK)) {
      Map<String, String> answers = byRequest(answers(served));
      Set<String> differing = differences(app);

      assertThat(answers).containsOnlyKeys(golden.keySet()).hasSizeGreaterThan(LEAST_REQUESTS);
      answers.forEach(
          (request, answer) -> {
            if (differing.contains(request)) {
              assertThat(answer).as("differs no more").isNotEqualTo(golden.get(request));
            } else {
              assertThat(answer).isEqualTo(golden.get(request));
            }
          });
    }
  }

  private static Set<String> differences(String app) {
    return Project.read(FOLDER.resolve("differences.txt"))
        .lines()
        .filter(line -> line.startsWith("* ") || line.startsWith(app + " "))
        .map(line -> line.split(" ", 2)[1])
        .collect(Collectors.toSet());
  }

  private static String answers(Served served) throws Exception {
    Process client =
        new ProcessBuilder("node", FOLDER.resolve("client.mjs").toString(), served.url(""))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answers = new String(client.getInputStream().readAllBytes(), UTF_8);
    assertThat(client.waitFor()).as(answers).isZero();
    return answers;
  }

  /** What {@code client.mjs} printed, by the name of the request. */
  private static Map<String, String> byRequest(String text) {
    Map<String, String> answers = new LinkedHashMap<>();
    Arrays.stream(text.split("(?m)^## "))
        .filter(part -> !part.isEmpty())
        .forEach(part -> answers.put(part.lines().findFirst().orElseThrow(), part));
    return answers;
  }
}
