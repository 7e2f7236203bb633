package dev.runnel.runtime.host.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashHostTest {
  private final HostCalls hash = new HostCalls(new HashHost().module());

  private JsValue open(Object... arguments) {
    return hash.with("open", arguments);
  }

  private String digest(JsValue id) {
    return HexFormat.of().formatHex(HostCalls.bytes(hash.call("digest", id)));
  }

  @ParameterizedTest
  @CsvSource({
    "md5, 900150983cd24fb0d6963f7d28e17f72",
    "SHA1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "RSA-SHA256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha512-256, 53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
  })
  void hashesGoByOpenSslsNames(String algorithm, String expected) {
    JsValue id = open(algorithm);

    hash.call("updateText", id, JsValue.of("ab"));
    hash.call("update", id, JsValue.of("c".getBytes(UTF_8)));

    assertThat(digest(id)).isEqualTo(expected);
  }

  /** RFC 4231, test case 2. */
  @Test
  void aKeyMakesAnHmac() {
    JsValue id = open("sha256", "Jefe".getBytes(UTF_8));

    hash.call("updateText", id, JsValue.of("what do ya want for nothing?"));

    assertThat(digest(id))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void anEmptyKeyIsAKey() {
    assertThat(digest(open("md5", new byte[0]))).isEqualTo("74e6f7298a9c2d168935f58c001bad88");
  }

  @Test
  void aCopyGoesOnByItself() {
    JsValue first = open("md5");
    hash.call("updateText", first, JsValue.of("ab"));
    JsValue second = hash.call("copy", first);
    hash.call("updateText", first, JsValue.of("c"));
    hash.call("updateText", second, JsValue.of("c"));

    assertThat(digest(first)).isEqualTo(digest(second));
  }

  @Test
  void aFinishedHashIsGone() {
    JsValue id = open("md5");
    digest(id);

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> hash.call("updateText", id, JsValue.of("more")))
        .withMessage("Digest already called");
  }

  @Test
  void anUnknownAlgorithmIsNamed() {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> open("rot13"))
        .withMessage("Invalid digest: rot13");
  }
}
