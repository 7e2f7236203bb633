package dev.runnel.codec.zstd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runnel.codec.CodecInterruptedException;
import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.CodecMemoryException;
import dev.runnel.codec.StreamEncoder.Operation;
import dev.runnel.codec.Streams;
import dev.runnel.codec.zstd.ZstdDecoder.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdTest {
  private static final long MEMORY = 256L << 20;
  private static final int CHECKSUM_FLAG = 201;

  /** "Zstandard, as its command writes it. ", 40 times, from zstd 1.5.4. */
  private static final String FROM_COMMAND =
      "KLUv/QRYdQEAVAJac3RhbmRhcmQsIGFzIGl0cyBjb21tYW5kIHdyaXRlcyBpdC4gAQAFDf3qCb7cssc=";

  private final CodecMemory memory = new CodecMemory(MEMORY);

  @ParameterizedTest
  @CsvSource({"-5,10", "1,17", "3,18", "3,21", "9,22", "19,18"})
  void whatIsCompressedComesBack(int level, int windowLog) throws Exception {
    byte[] text = Streams.text(300_000);

    byte[] compressed = compress(text, parameters(level, windowLog), 70_000, 1_000);

    assertThat(compressed.length).isLessThan(text.length * 3 / 4);
    assertThat(decompress(compressed, compressed.length, 64 << 10)).isEqualTo(text);
    assertThat(memory.held()).isZero();
  }

  private static Map<Integer, Integer> parameters(int level, int windowLog) {
    return Map.of(ZstdEncoder.COMPRESSION_LEVEL, level, ZstdEncoder.WINDOW_LOG, windowLog);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void piecesMayBeOfAnySize(int size) throws Exception {
    byte[] text = Streams.text(20_000);

    byte[] compressed = compress(text, Map.of(CHECKSUM_FLAG, 1), size, size);

    assertThat(decompress(compressed, size, size)).isEqualTo(text);
  }

  @Test
  void noBytesAreAStreamToo() throws Exception {
    byte[] compressed = compress(new byte[0], Map.of(), 10, 10);

    assertThat(compressed).isNotEmpty();
    assertThat(decompress(compressed, 10, 10)).isEmpty();
  }

  @Test
  void whatWasFlushedCanBeRead() throws Exception {
    try (var encoder = ZstdEncoder.open(memory, Map.of());
        var decoder = decoder(Frames.ONE)) {
      for (String part : new String[] {"shell", "<p>late</p>", "<p>later</p>"}) {
        ByteBuffer flushed = ByteBuffer.allocate(1_000);
        encoder.run(ByteBuffer.wrap(part.getBytes(UTF_8)), flushed, Operation.FLUSH);
        ByteBuffer read = ByteBuffer.allocate(1_000);
        decoder.run(flushed.flip(), read);

        assertThat(UTF_8.decode(read.flip()).toString()).isEqualTo(part);
        assertThat(decoder.isFinished()).isFalse();
        assertThat(encoder.isFinished()).isFalse();
      }
    }
  }

  @Test
  void readsWhatTheCommandWrote() throws Exception {
    byte[] compressed = Base64.getDecoder().decode(FROM_COMMAND);

    assertThat(new String(decompress(compressed, 100, 100), UTF_8))
        .isEqualTo("Zstandard, as its command writes it. ".repeat(40));
  }

  @Test
  void theCommandReadsWhatIsFlushed(@TempDir Path folder) throws Exception {
    assumeTrue(isThere("zstd"), "There is no command called zstd.");
    byte[] text = Streams.text(3_000_000);
    Path file = folder.resolve("flushed.zst");
    ByteBuffer output = ByteBuffer.allocate(4_000_000);
    try (var encoder = ZstdEncoder.open(memory, Map.of(CHECKSUM_FLAG, 1))) {
      for (int at = 0; at < text.length; at += 100_000) {
        encoder.run(ByteBuffer.wrap(text, at, 100_000), output, Operation.FLUSH);
      }
      encoder.run(ByteBuffer.allocate(0), output, Operation.FINISH);
    }
    Files.write(file, Arrays.copyOf(output.array(), output.position()));

    Path unpacked = folder.resolve("flushed");
    var command = new ProcessBuilder("zstd", "-dq", file.toString(), "-o", unpacked.toString());
    assertThat(command.inheritIO().start().waitFor()).isZero();
    assertThat(Files.readAllBytes(unpacked)).isEqualTo(text);
  }

  private static boolean isThere(String command) throws InterruptedException {
    try {
      var version = new ProcessBuilder(command, "--version");
      return version.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatFollowsTheEndIsLeft() throws Exception {
    ByteBuffer input = ByteBuffer.wrap(joined(compress(new byte[10]), Streams.text(50)));
    try (var decoder = decoder(Frames.ONE)) {
      decoder.run(input, ByteBuffer.allocate(5_000));

      assertThat(decoder.isFinished()).isTrue();
      assertThat(input.remaining()).isEqualTo(50);
    }
  }

  @Test
  void manyFramesMayBeOneStream() throws Exception {
    byte[] first = Streams.text(2_000);
    byte[] second = Streams.text(1_000);
    ByteBuffer input = ByteBuffer.wrap(joined(compress(first), compress(second)));
    try (var decoder = decoder(Frames.MANY)) {
      ByteBuffer output = ByteBuffer.allocate(5_000);
      decoder.run(input, output);
      decoder.run(input, output);

      assertThat(decoder.isFinished()).isTrue();
      assertThat(output.flip()).isEqualTo(ByteBuffer.wrap(joined(first, second)));
    }
  }

  @Test
  void saysWhatIsWrongWithAStream() {
    byte[] checked = compress(Streams.text(300_000), Map.of(CHECKSUM_FLAG, 1), 1_000, 1 << 16);
    byte[] wrongSum = checked.clone();
    wrongSum[wrongSum.length - 1] ^= 1;
    byte[] corrupt = checked.clone();
    Arrays.fill(corrupt, 1_000, 2_000, (byte) 0xff);

    assertThat(errorOf(Streams.text(100))).isEqualTo("ZSTD_error_prefix_unknown");
    assertThat(errorOf(wrongSum)).isEqualTo("ZSTD_error_checksum_wrong");
    assertThat(errorOf(corrupt)).isEqualTo("ZSTD_error_corruption_detected");
    assertThat(memory.held()).isZero();
  }

  private String errorOf(byte[] stream) {
    try {
      decompress(stream, 500, 500);
      return "none";
    } catch (ZstdException e) {
      return e.name();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void windowsBeyondTheLimitAreRefused() throws Exception {
    byte[] wide = compress(Streams.text(500_000), parameters(3, 24), 1_000, 1 << 16);

    assertThatExceptionOfType(ZstdException.class)
        .isThrownBy(
            () ->
                Streams.decompress(
                    new ZstdDecoder(memory, ZstdDecoder.HTTP_WINDOW_LOG, Frames.ONE),
                    wide,
                    1_000,
                    1_000))
        .satisfies(e -> assertThat(e.name()).isEqualTo("ZSTD_error_frameParameter_windowTooLarge"));
    assertThat(decompress(wide, 1_000, 1_000)).hasSize(500_000);
  }

  @Test
  void noisesAreRefusedOrEndTooEarly() {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[200];
      random.nextBytes(noise);
      System.arraycopy(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, 0, noise, 0, 4);
      try (var decoder = decoder(Frames.ONE)) {
        decoder.run(ByteBuffer.wrap(noise), ByteBuffer.allocate(100_000));
      } catch (ZstdException e) {
        assertThat(e.code()).isPositive();
        refused++;
      } catch (CodecMemoryException e) {
        // It claimed a window that there is no room for.
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
    assertThat(memory.held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 200_000, 600_000})
  void anEncoderWithoutRoomFailsByName(int room) {
    CodecMemory little = new CodecMemory(room);
    var encoder = ZstdEncoder.open(little, Map.of());

    assertThatExceptionOfType(CodecMemoryException.class)
        .isThrownBy(
            () ->
                encoder.run(
                    ByteBuffer.wrap(Streams.text(10)), ByteBuffer.allocate(1_000), Operation.FLUSH))
        .withMessageContaining("the limit is " + room);
    encoder.close();
    assertThat(little.held()).isZero();
  }

  @Test
  void aDecoderWithoutRoomFailsByName() {
    byte[] wide = compress(Streams.text(500_000), parameters(3, 22), 1_000, 1 << 16);
    CodecMemory little = new CodecMemory(1 << 20);

    assertThatExceptionOfType(CodecMemoryException.class)
        .isThrownBy(
            () ->
                Streams.decompress(
                    new ZstdDecoder(little, ZstdDecoder.USUAL_WINDOW_LOG, Frames.ONE),
                    wide,
                    1_000,
                    1_000));
    assertThat(little.held()).isZero();
  }

  @Test
  void anotherLengthThanAnnouncedIsRefused() {
    var encoder = ZstdEncoder.open(memory, Map.of(), 20);

    assertThatExceptionOfType(ZstdStreamException.class)
        .isThrownBy(() -> Streams.compress(encoder, Streams.text(21), 5, 100))
        .satisfies(e -> assertThat(e.reason().name()).isEqualTo("ZSTD_error_srcSize_wrong"));
  }

  @Test
  void anotherThreadEndsALongCompression() throws Exception {
    byte[] noise = new byte[32 << 20];
    new Random(1).nextBytes(noise);
    try (var encoder = ZstdEncoder.open(memory, parameters(19, 24))) {
      Thread.ofVirtual().start(encoder::interrupt);

      assertThatExceptionOfType(CodecInterruptedException.class)
          .isThrownBy(
              () ->
                  encoder.run(
                      ByteBuffer.wrap(noise), ByteBuffer.allocate(33 << 20), Operation.FINISH));
    }
    assertThat(memory.held()).isZero();
  }

  private byte[] compress(byte[] text) {
    return compress(text, Map.of(), text.length, 1 << 16);
  }

  private byte[] compress(byte[] text, Map<Integer, Integer> parameters, int most, int room) {
    return Streams.compress(ZstdEncoder.open(memory, parameters), text, most, room);
  }

  private byte[] decompress(byte[] compressed, int most, int room) throws Exception {
    return Streams.decompress(decoder(Frames.ONE), compressed, most, room);
  }

  private ZstdDecoder decoder(Frames frames) {
    return new ZstdDecoder(memory, ZstdDecoder.USUAL_WINDOW_LOG, frames);
  }

  private static byte[] joined(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }
}
