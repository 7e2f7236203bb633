package dev.runnel.runtime.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest writes itself, past our JavaScript. */
class DetailsTest {
  static Stream<String> noObjects() {
    return Stream.of(
        "",
        "[]",
        "1",
        "null",
        "{",
        "{\"a\":}",
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "{\"a\":\"" + "x".repeat(1 << 20) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("noObjects")
  void whatIsNoSmallObjectIsTheGuestsError(String json) {
    assertThatExceptionOfType(HostError.class).isThrownBy(() -> Details.parse(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"a\":null}", "{\"a\":1}", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":true}"})
  void aStringThatIsNoneIsTheGuestsError(String json) {
    JsonObject details = Details.parse(json);

    assertThatExceptionOfType(HostError.class).isThrownBy(() -> Details.string(details, "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"1\"}",
        "{\"a\":1.5}",
        "{\"a\":1e300}",
        "{\"a\":[1]}",
        "{\"a\":true}",
        "{\"a\":9007199254740994}"
      })
  void aNumberThatIsNoneIsTheGuestsError(String json) {
    JsonObject details = Details.parse(json);

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> Details.optionalNumber(details, "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"a\":\"b\"}", "{\"a\":[1]}", "{\"a\":[\"b\",{}]}"})
  void stringsThatAreNoneAreTheGuestsError(String json) {
    JsonObject details = Details.parse(json);

    assertThatExceptionOfType(HostError.class).isThrownBy(() -> Details.strings(details, "a"));
  }

  @Test
  void whatIsThereIsReadAndTheRestIsAbsent() {
    JsonObject details = Details.parse("{\"s\":\"x\",\"n\":-12,\"l\":[\"a\",\"b\"]}");

    assertThat(Details.string(details, "s")).isEqualTo("x");
    assertThat(Details.optionalNumber(details, "n")).hasValue(-12);
    assertThat(Details.strings(details, "l")).containsExactly("a", "b");
    assertThat(Details.optionalString(details, "none")).isEmpty();
    assertThat(Details.optionalNumber(details, "none")).isEmpty();
  }
}
