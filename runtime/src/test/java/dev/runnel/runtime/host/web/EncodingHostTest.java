package dev.runnel.runtime.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingHostTest {
  private static final int PACKED = 1 << 16;
  private final HostCalls encoding = new HostCalls(new EncodingHost().module());

  @Test
  void encodeReplacesLoneSurrogates() {
    var bytes = HostCalls.array(encoding.call("encode", JsValue.of("a\uD800b\uD83D\uDE00")));

    assertThat(bytes).isEqualTo("a\uFFFDb\uD83D\uDE00".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void encodeIntoWritesWholeCharactersOnly() {
    var target = ByteBuffer.allocate(6);

    var packed = encoding.call("encodeInto", JsValue.of("aé😀z"), new JsValue.Bytes(target));

    // a: 1, é: 2, and the 4 bytes of the next don't fit the remaining 3.
    assertThat(packed).isEqualTo(JsValue.of(2.0 * PACKED + 3));
    assertThat(target.array()).startsWith(0x61, 0xC3, 0xA9).endsWith(0, 0, 0);
  }

  @Test
  void encodeIntoStaysInsideItsWindow() {
    var memory = ByteBuffer.allocate(8);
    var window = memory.slice(2, 3);

    encoding.call("encodeInto", JsValue.of("xxxxxxxx"), new JsValue.Bytes(window));

    assertThat(memory.array()).containsExactly(0, 0, 'x', 'x', 'x', 0, 0, 0);
  }

  @Test
  void encodeIntoCountsBothHalvesOfAPair() {
    var packed =
        encoding.call(
            "encodeInto", JsValue.of("\uD83D\uDE00\uDC00"), HostCalls.bytes(0, 0, 0, 0, 0, 0, 0));

    assertThat(packed).isEqualTo(JsValue.of(3.0 * PACKED + 7));
  }

  @Test
  void encodeIntoWritesALongTextWhole() {
    var text = "19.99 € \uD83D\uDE00 ".repeat(100);
    var expected = text.getBytes(StandardCharsets.UTF_8);
    var target = ByteBuffer.allocate(expected.length + 1);

    var packed = encoding.call("encodeInto", JsValue.of(text), new JsValue.Bytes(target));

    assertThat(packed).isEqualTo(JsValue.of((double) text.length() * PACKED + expected.length));
    assertThat(target.array()).startsWith(expected).endsWith(0);
  }

  @Test
  void encodeIntoWritesAsMuchOfALongTextAsFits() {
    var target = ByteBuffer.allocate(301);

    var packed =
        encoding.call("encodeInto", JsValue.of("é".repeat(300)), new JsValue.Bytes(target));

    assertThat(packed).isEqualTo(JsValue.of(150.0 * PACKED + 300));
    assertThat(target.get(300)).isZero();
  }

  @Test
  void encodeIntoNegatesTheResultsOfALongText() {
    var packed =
        encoding.call("encodeInto", JsValue.of("x".repeat(70_000)), JsValue.of(new byte[100_000]));

    assertThat(packed).isEqualTo(JsValue.of(-(70_000.0 * (1 << 26) + 70_000)));
  }

  @ParameterizedTest
  @CsvSource({"' UTF8 ', utf-8", "latin1, windows-1252", "SJIS, shift_jis", "x-sjis, shift_jis"})
  void labelsNameTheirEncoding(String label, String name) {
    assertThat(encoding.call("encodingOf", JsValue.of(label))).isEqualTo(JsValue.of(name));
  }

  @Test
  void anUnknownLabelNamesNothing() {
    assertThat(encoding.call("encodingOf", JsValue.of("utf-7"))).isEqualTo(JsValue.UNDEFINED);
  }

  @Test
  void utf8ReplacesEachMaximalSubpart() {
    assertThat(decode("utf-8", 0, 0xF0, 0x9F, 0x98, 0x41, 0xC0, 0x80))
        .isEqualTo("\uFFFDA\uFFFD\uFFFD");
  }

  @Test
  void theByteOrderMarkIsTextOnlyWhenAskedFor() {
    assertThat(decode("utf-8", 0, 0xEF, 0xBB, 0xBF, 0x41)).isEqualTo("A");
    assertThat(decode("utf-8", 2, 0xEF, 0xBB, 0xBF, 0x41)).isEqualTo("\uFEFFA");
    assertThat(decode("utf-16le", 0, 0xFF, 0xFE, 0x41, 0x00)).isEqualTo("A");
  }

  @ParameterizedTest
  @CsvSource({
    "utf-8, 0xD2",
    "utf-16be, 0xD2",
    "shift_jis, 0x81",
    "gb18030, 0xD2",
    "iso-2022-jp, 0x8F",
    "windows-1253, 0xD2"
  })
  void aFatalDecoderRefusesInvalidBytes(String name, int invalid) {
    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> decode(name, 1, invalid))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(HostError.Kind.TYPE_ERROR))
        .extracting(HostError::code)
        .isEqualTo("ERR_ENCODING_INVALID_ENCODED_DATA");
  }

  @Test
  void anAsciiByteBehindALeadByteIsReadAgain() {
    assertThat(decode("shift_jis", 0, 0x81, 0x20)).isEqualTo("\uFFFD ");
    assertThat(decode("gbk", 0, 0x81, 0x30, 0x41)).isEqualTo("\uFFFD0A");
  }

  @Test
  void whatJavaCharsetsLackIsThere() {
    assertThat(decode("windows-1252", 0, 0x81)).isEqualTo("\u0081");
    assertThat(decode("koi8-u", 0, 0xAE)).isEqualTo("\u045E");
    assertThat(decode("iso-8859-14", 0, 0xFF)).isEqualTo("\u00FF");
    assertThat(decode("x-user-defined", 0, 0x80)).isEqualTo("\uF780");
  }

  @Test
  void iso2022JpFollowsItsEscapes() {
    assertThat(decode("iso-2022-jp", 0, 0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42, 0x41))
        .isEqualTo("あA");
  }

  @ParameterizedTest
  @CsvSource({
    "utf-8, 1, C3",
    "utf-8, 3, 41F09F98",
    "utf-8, 0, 41",
    "utf-8, 0, EDA0",
    "utf-16le, 3, 3DD800",
    "utf-16le, 1, 410042",
    "shift_jis, 1, 4182",
    "iso-2022-jp, 2, 1B24"
  })
  void theIncompleteTailIsCounted(String name, int length, String hex) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);

    assertThat(encoding.call("incompleteTail", JsValue.of(name), JsValue.of(bytes)))
        .isEqualTo(JsValue.of(length));
  }

  private String decode(String name, int flags, int... bytes) {
    var text = encoding.call("decode", JsValue.of(name), HostCalls.bytes(bytes), JsValue.of(flags));
    return ((JsValue.Str) text).value();
  }
}
