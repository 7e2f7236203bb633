package dev.runnel.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  @Test
  void parametersMayBeQuotedAndHaveCommasInThem() {
    assertThat(
            Challenge.parse(
                "Bearer realm=\"https://a.example/t\", service=b,scope=\"x:pull,push\""))
        .contains(
            new Challenge(
                "bearer",
                Map.of("realm", "https://a.example/t", "service", "b", "scope", "x:pull,push")));
  }

  @Test
  void otherSchemesAreLeft() {
    assertThat(Challenge.parse("Negotiate abc")).isEmpty();
    assertThat(Challenge.parse("")).isEmpty();
    assertThat(Challenge.parse("basic").orElseThrow().parameters()).isEmpty();
    assertThat(Challenge.parse("Basic realm=\"unclosed").orElseThrow().parameters())
        .containsEntry("realm", "unclosed");
  }
}
