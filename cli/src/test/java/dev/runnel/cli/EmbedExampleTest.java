package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbedExampleTest {
  private static final Path EXAMPLE = Path.of("../examples/embed-java");

  @Test
  void theLibraryExampleCompilesAndPrintsTheStreamedAnswers() throws Exception {
    Outcome outcome =
        ChildJvm.java(
            EXAMPLE.resolve("src/main/java/example/Embed.java").toString(),
            EXAMPLE.resolve("greeter.js").toString());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .containsExactly(
            "200",
            "Good morning",
            "Ada",
            "and goodbye.",
            "200",
            "Good morning",
            "Grace",
            "and goodbye.");
    assertThat(outcome.exitCode()).isZero();
  }
}
