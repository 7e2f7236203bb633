package dev.runnel.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

  @Test
  void whatWasJoinedIsParsedAgain() {
    var headers = List.of(new Header("a", "1"), new Header("b", ""));

    assertThat(HeaderRules.parse(HeaderRules.join(headers))).isEqualTo(headers);
    assertThat(HeaderRules.parse("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b\nx", "\nx", "a:\nx", "a\r\nx", "ä\nx", "a\nx\ny", "a"})
  void aHeadThatCouldBeReadInTwoWaysIsRefused(String joined) {
    assertThatExceptionOfType(HostError.class).isThrownBy(() -> HeaderRules.parse(joined));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\ry", "x\0y", "x\u0100"})
  void aValueWithControlCharactersIsRefused(String value) {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> HeaderRules.parse("a\n" + value))
        .extracting(HostError::code)
        .isEqualTo("ERR_INVALID_CHAR");
  }

  @Test
  void aFinalStatusIsAtLeast200() {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> HeaderRules.status(101, 200))
        .withMessage("Invalid status code: 101");
    assertThat(HeaderRules.status(404, 200)).isEqualTo(404);
  }
}
