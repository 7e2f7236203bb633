package dev.runnel.runtime.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartHostTest {
  private final HostCalls multipart = new HostCalls(new MultipartHost().module());

  @Test
  void findsHeadersAndContentOfEachPart() {
    String body =
        "preamble\r\n--B\r\nA: 1\r\nB: 2\r\n\r\none\r\n\r\n--B\r\n\r\n\r\n--B--\r\nepilogue";

    assertThat(parts(body)).containsExactly("A: 1\r\nB: 2", "one\r\n", "", "");
  }

  @Test
  void aBodyWithoutPartsIsFine() {
    assertThat(parts("--B--\r\n")).isEmpty();
  }

  @Test
  void contentMayHoldWhatLooksLikeADelimiter() {
    assertThat(parts("--B\r\nX: y\r\n\r\nx--B\n--\r\n-B\r\n--B--"))
        .containsExactly("X: y", "x--B\n--\r\n-B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no delimiter", "--B\r\nX: y\r\n\r\nnever ends", "--Bx", "--B\r\nX: y"})
  void aMalformedBodyIsRefused(String body) {
    assertThat(multipart.call("partsOf", bytes(body), JsValue.of("B")))
        .isEqualTo(JsValue.UNDEFINED);
  }

  /** Headers and content in turn. */
  private List<String> parts(String body) {
    var offsets =
        ByteBuffer.wrap(HostCalls.array(multipart.call("partsOf", bytes(body), JsValue.of("B"))))
            .order(ByteOrder.LITTLE_ENDIAN);
    List<String> parts = new ArrayList<>();
    while (offsets.hasRemaining()) {
      parts.add(body.substring(offsets.getInt(), offsets.getInt()));
    }
    return parts;
  }

  private static JsValue bytes(String body) {
    return JsValue.of(body.getBytes(StandardCharsets.ISO_8859_1));
  }
}
