package dev.runnel.runtime.host.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferHostTest {
  private final HostCalls buffer = new HostCalls(new BufferHost().module());

  @ParameterizedTest
  @CsvSource({
    "utf8, aé€, 61c3a9e282ac",
    "latin1, aé€, 61e9ac",
    "ascii, aé, 61e9",
    "utf16le, aé, 6100e900",
    "hex, 00ffAbzz11, 00ffab",
    "hex, abc, ab",
    "base64, 'aG k=', 6869",
    "base64, aGk=aGk=, 6869",
    "base64url, -_8, fbff",
  })
  void textBecomesBytesAsNodeHasIt(String encoding, String text, String hex) {
    byte[] bytes = HostCalls.bytes(buffer.with("encode", text, encoding));

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "utf8, c3a9ff, é\uFFFD",
    "utf8, eda08061, \uFFFD\uFFFD\uFFFDa",
    "utf8, e282, \uFFFD",
    "latin1, e9ff, éÿ",
    "ascii, e961, ia",
    "utf16le, 6100e9, a",
    "base64, fbff, +/8=",
    "base64url, fbff, -_8",
    "hex, 00ff, 00ff",
  })
  void bytesBecomeTextAsNodeHasIt(String encoding, String hex, String text) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(buffer.with("decode", bytes, encoding)).isEqualTo(JsValue.of(text));
  }

  @Test
  void writeStopsBeforeACharacterThatDoesNotFit() {
    var memory = ByteBuffer.allocate(6);
    var window = memory.slice(1, 4);

    JsValue written =
        buffer.call("write", JsValue.of("é€x"), JsValue.of("utf8"), new JsValue.Bytes(window));

    assertThat(written).isEqualTo(JsValue.of(2));
    assertThat(memory.array()).containsExactly(0, 0xc3, 0xa9, 0, 0, 0);
  }

  @Test
  void writeStaysInsideItsWindow() {
    var memory = ByteBuffer.allocate(5);

    buffer.call(
        "write",
        JsValue.of("616161616161"),
        JsValue.of("hex"),
        new JsValue.Bytes(memory.slice(1, 2)));

    assertThat(memory.array()).containsExactly(0, 'a', 'a', 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "utf8, a€😀, 8",
    "utf16le, abc, 6",
    "hex, abcd, 2",
    "base64, aGk=, 2",
    "latin1, é, 1"
  })
  void byteLengthIsWhatEncodeGives(String encoding, String text, int length) {
    assertThat(buffer.with("byteLength", text, encoding)).isEqualTo(JsValue.of(length));
  }

  @Test
  void comparesAsUnsignedBytes() {
    byte[] low = {1, 2};
    byte[] high = {1, (byte) 200};

    assertThat(buffer.with("compare", low, high)).isEqualTo(JsValue.of(-1));
    assertThat(buffer.with("compare", high, low)).isEqualTo(JsValue.of(1));
    assertThat(buffer.with("compare", low, low)).isEqualTo(JsValue.of(0));
    assertThat(buffer.with("compare", new byte[] {1}, low)).isEqualTo(JsValue.of(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "abcabc, ca, 0, true, 1, 2",
    "abcabc, abc, 1, true, 1, 3",
    "abcabc, abc, 6, false, 1, 3",
    "abcabc, abc, 2, false, 1, 0",
    "aaab, aab, 0, true, 1, 1",
    "abcabc, x, 0, true, 1, -1",
    "xaab, aa, 0, true, 2, -1",
    "xxaab, aa, 5, false, 2, 2",
  })
  void findsTheFirstOrTheLast(
      String haystack, String needle, int from, boolean forward, int step, int found) {
    JsValue position =
        buffer.with(
            "indexOf", haystack.getBytes(UTF_8), needle.getBytes(UTF_8), from, forward, step);

    assertThat(position).isEqualTo(JsValue.of(found));
  }

  /** A plain search would compare 10¹¹ bytes here. */
  @Test
  void searchIsLinearForTheWorstNeedle() {
    byte[] haystack = new byte[1 << 20];
    byte[] needle = new byte[1 << 19];
    needle[needle.length - 1] = 1;

    assertThat(buffer.with("indexOf", haystack, needle, 0, true, 1)).isEqualTo(JsValue.of(-1));
    Arrays.fill(needle, (byte) 0);
    needle[0] = 1;
    assertThat(buffer.with("indexOf", haystack, needle, haystack.length, false, 1))
        .isEqualTo(JsValue.of(-1));
  }

  @Test
  void anUnknownEncodingIsNamed() {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> buffer.with("encode", "x", "ebcdic"))
        .withMessage("Unknown encoding: ebcdic");
  }
}
