package dev.runnel.translator.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteWriterTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        127,
        128,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void writesSignedNumbersThatReadBack(long value) {
    byte[] bytes = new ByteWriter().signed(value).toBytes();

    assertThat(new ByteReader(bytes).s64()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16384, Integer.MAX_VALUE, -1})
  void writesUnsignedNumbersThatReadBack(int value) {
    byte[] bytes = new ByteWriter().u32(value).toBytes();

    assertThat(new ByteReader(bytes).u32()).isEqualTo(value);
  }

  @Test
  void refusesNumbersThatEndTooLateOrNever() {
    byte[] endless = {-1, -1, -1, -1, -1, -1, -1};

    assertThatThrownBy(() -> new ByteReader(endless).u32())
        .hasMessage("A number is longer than 32 bits.");
    assertThatThrownBy(() -> new ByteReader(new byte[] {-1}).u32())
        .isInstanceOf(MalformedModuleException.class);
  }
}
