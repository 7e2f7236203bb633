package dev.runnel.codec.brotli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.codec.CodecInterruptedException;
import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.CodecMemoryException;
import dev.runnel.codec.StreamEncoder.Operation;
import dev.runnel.codec.Streams;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrotliTest {
  private static final long MEMORY = 256L << 20;

  /** "Brotli, as Node writes it. ", 40 times, from zlib.brotliCompressSync. */
  private static final String FROM_NODE =
      "GzcE+B2nxxrLW66EwtIp7Q50Y6mOLtbkgyAI+ugwVMh1t54OPrbE19aTEw==";

  /** 100,000 zeros with BROTLI_PARAM_LARGE_WINDOW and 28 bits. */
  private static final String LARGE_WINDOW = "EVx9Ggb+CYB4LBCQ5RcA";

  private final CodecMemory memory = new CodecMemory(MEMORY);

  @ParameterizedTest
  @CsvSource({"0,10", "1,22", "4,16", "5,24", "9,22", "11,18"})
  void whatIsCompressedComesBack(int quality, int windowBits) throws Exception {
    byte[] text = Streams.text(300_000);

    byte[] compressed = compress(text, quality, windowBits, 70_000, 1_000);

    assertThat(compressed.length).isLessThan(text.length / 2);
    assertThat(decompress(compressed, compressed.length, 64 << 10)).isEqualTo(text);
    assertThat(memory.held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void piecesMayBeOfAnySize(int size) throws Exception {
    byte[] text = Streams.text(20_000);

    byte[] compressed = compress(text, 5, 22, size, size);

    assertThat(decompress(compressed, size, size)).isEqualTo(text);
  }

  @Test
  void noBytesAreAStreamToo() throws Exception {
    byte[] compressed = compress(new byte[0], 11, 22, 10, 10);

    assertThat(compressed).isNotEmpty();
    assertThat(decompress(compressed, 10, 10)).isEmpty();
  }

  @Test
  void whatWasFlushedCanBeRead() throws Exception {
    ByteBuffer first = ByteBuffer.allocate(1_000);
    try (var encoder = BrotliEncoder.open(memory, 11, 22);
        var decoder = new BrotliDecoder(memory, BrotliDecoder.Window.STANDARD)) {
      encoder.run(ByteBuffer.wrap("shell".getBytes(UTF_8)), first, Operation.FLUSH);
      ByteBuffer read = ByteBuffer.allocate(1_000);
      decoder.run(first.flip(), read);

      assertThat(UTF_8.decode(read.flip()).toString()).isEqualTo("shell");
      assertThat(decoder.isFinished()).isFalse();
      assertThat(encoder.isFinished()).isFalse();
    }
  }

  @Test
  void readsWhatAnotherEncoderWrote() throws Exception {
    byte[] compressed = Base64.getDecoder().decode(FROM_NODE);

    assertThat(new String(decompress(compressed, 100, 100), UTF_8))
        .isEqualTo("Brotli, as Node writes it. ".repeat(40));
  }

  @Test
  void whatFollowsTheEndIsLeft() throws Exception {
    ByteBuffer input =
        ByteBuffer.wrap(joined(Base64.getDecoder().decode(FROM_NODE), Streams.text(50)));
    try (var decoder = new BrotliDecoder(memory, BrotliDecoder.Window.STANDARD)) {
      decoder.run(input, ByteBuffer.allocate(5_000));

      assertThat(decoder.isFinished()).isTrue();
      assertThat(input.remaining()).isEqualTo(50);
    }
  }

  @Test
  void largeWindowsAreReadOnDemandOnly() throws Exception {
    byte[] compressed = Base64.getDecoder().decode(LARGE_WINDOW);

    assertThatExceptionOfType(BrotliException.class)
        .isThrownBy(() -> decompress(compressed, 100, 100))
        .satisfies(e -> assertThat(e.code()).isEqualTo(-13));
    try (var decoder = new BrotliDecoder(memory, BrotliDecoder.Window.LARGE)) {
      ByteBuffer output = ByteBuffer.allocate(200_000);
      decoder.run(ByteBuffer.wrap(compressed), output);
      assertThat(output.position()).isEqualTo(100_000);
    }
  }

  @Test
  void noisesAreRefusedOrEndTooEarly() {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[200];
      random.nextBytes(noise);
      try (var decoder = new BrotliDecoder(memory, BrotliDecoder.Window.STANDARD)) {
        decoder.run(ByteBuffer.wrap(noise), ByteBuffer.allocate(100_000));
      } catch (BrotliException e) {
        assertThat(e.code()).isNegative();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(400);
    assertThat(memory.held()).isZero();
  }

  @Test
  void anEncoderWithoutRoomFailsByName() {
    CodecMemory little = new CodecMemory(8 << 20);
    var encoder = BrotliEncoder.open(little, 11, 24);

    assertThatExceptionOfType(CodecMemoryException.class)
        .isThrownBy(
            () ->
                encoder.run(
                    ByteBuffer.wrap(Streams.text(10)), ByteBuffer.allocate(1_000), Operation.FLUSH))
        .withMessageContaining("the limit is 8388608");
    encoder.close();
    assertThat(little.held()).isZero();
  }

  @Test
  void aDecoderWithoutRoomDoesNotDisturbOthers() throws Exception {
    byte[] text = Streams.text(6 << 20);
    byte[] greedy = compress(text, 1, 24, 1 << 16, 1 << 16);
    byte[] modest = compress(Streams.text(30_000), 5, 16, 1 << 16, 1 << 16);
    CodecMemory little = new CodecMemory(8 << 20);
    try (var first = new BrotliDecoder(little, BrotliDecoder.Window.STANDARD)) {
      ByteBuffer output = ByteBuffer.allocate(40_000);
      first.run(ByteBuffer.wrap(modest, 0, modest.length / 2), output);
      var second = new BrotliDecoder(little, BrotliDecoder.Window.STANDARD);
      assertThatExceptionOfType(CodecMemoryException.class)
          .isThrownBy(
              () -> {
                ByteBuffer input = ByteBuffer.wrap(greedy);
                while (!second.isFinished()) {
                  second.run(input, ByteBuffer.allocate(1 << 16));
                }
              });
      second.close();

      first.run(
          ByteBuffer.wrap(modest, modest.length / 2, modest.length - modest.length / 2), output);

      assertThat(first.isFinished()).isTrue();
      assertThat(output.position()).isEqualTo(30_000);
    }
    assertThat(little.held()).isZero();
  }

  @Test
  void anotherThreadEndsALongCompression() throws Exception {
    byte[] noise = new byte[64 << 20];
    new Random(1).nextBytes(noise);
    try (var encoder = BrotliEncoder.open(memory, 9, 24)) {
      Thread.ofVirtual().start(encoder::interrupt);

      assertThatExceptionOfType(CodecInterruptedException.class)
          .isThrownBy(
              () ->
                  encoder.run(
                      ByteBuffer.wrap(noise), ByteBuffer.allocate(65 << 20), Operation.FINISH));
    }
    assertThat(memory.held()).isZero();
  }

  private byte[] compress(byte[] text, int quality, int windowBits, int most, int room) {
    return Streams.compress(BrotliEncoder.open(memory, quality, windowBits), text, most, room);
  }

  private byte[] decompress(byte[] compressed, int most, int room) throws Exception {
    return Streams.decompress(
        new BrotliDecoder(memory, BrotliDecoder.Window.STANDARD), compressed, most, room);
  }

  private static byte[] joined(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }
}
