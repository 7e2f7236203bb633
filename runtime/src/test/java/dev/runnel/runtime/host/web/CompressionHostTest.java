package dev.runnel.runtime.host.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.codec.CodecMemory;
import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.limit.DecompressionLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionHostTest {
  private static final int NO_FLUSH = 0;
  private static final int SYNC = 1;
  private static final int FINISH = 3;
  private static final int MOST = 64 * 1024;

  private final HostCalls host =
      new HostCalls(
          new CompressionHost(DecompressionLimits.DEFAULT, new CodecMemory(64 << 20)).module());

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "deflate-raw"})
  void whatWasCompressedComesBackByteByByte(String format) {
    byte[] text = noise(5_000);
    byte[] compressed = run(host, deflate(format), text, FINISH);
    JsValue id = host.call("inflate", JsValue.of(format));

    var result = new ByteArrayOutputStream();
    for (byte octet : compressed) {
      result.writeBytes(run(host, id, new byte[] {octet}, NO_FLUSH));
    }

    assertThat(result.toByteArray()).isEqualTo(text);
    assertThat(host.call("finished", id)).isEqualTo(JsValue.TRUE);
  }

  @Test
  void brotliStreamsHaveLittleMemoryInAll() {
    var little =
        new HostCalls(
            new CompressionHost(DecompressionLimits.DEFAULT, new CodecMemory(4 << 20)).module());
    JsValue id = little.call("brotliEncode", JsValue.of(11), JsValue.of(24));

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> run(little, id, noise(5_000), SYNC))
        .satisfies(error -> assertThat(error.code()).isEqualTo("Z_MEM_ERROR"));
  }

  @Test
  void brotliThatBecomesTooLongIsRefused() {
    JsValue packing = host.call("brotliEncode", JsValue.of(5), JsValue.of(22));
    byte[] packed = run(host, packing, new byte[200_000], FINISH);
    var strict =
        new HostCalls(
            new CompressionHost(
                    new DecompressionLimits(100_000, 5_000, 0, 0), new CodecMemory(64 << 20))
                .module());
    JsValue id = strict.call("brotliDecode", JsValue.of(false));

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> run(strict, id, packed, NO_FLUSH))
        .satisfies(error -> assertThat(error.code()).isEqualTo("ERR_DECOMPRESSION_LIMIT"));
  }

  @Test
  void outputThatDoesNotFitComesWithTheNextCalls() {
    byte[] compressed = run(host, deflate("gzip"), new byte[1_000_000], FINISH);
    JsValue id = host.call("inflate", JsValue.of("gzip"));

    JsValue first =
        host.call("run", id, JsValue.of(compressed), JsValue.of(NO_FLUSH), JsValue.of(1_000));

    assertThat(HostCalls.array(first)).hasSize(1_000);
    byte[] rest = Arrays.copyOfRange(compressed, compressed.length - left(id), compressed.length);
    assertThat(run(host, id, rest, NO_FLUSH)).hasSize(999_000);
  }

  @Test
  void aFlushedChunkCanBeReadBeforeTheNextIsWritten() {
    byte[] flushed = run(host, deflate("gzip"), "shell".getBytes(UTF_8), SYNC);

    byte[] read = run(host, host.call("inflate", JsValue.of("gzip")), flushed, NO_FLUSH);

    assertThat(new String(read, UTF_8)).isEqualTo("shell");
  }

  @Test
  void theJdkReadsOurGzip() throws IOException {
    byte[] text = noise(100_000);

    byte[] compressed = run(host, deflate("gzip"), text, FINISH);

    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
        .isEqualTo(text);
  }

  @Test
  void optionalPartsOfAGzipHeaderAreSkipped() throws IOException {
    byte[] plain = gzip("hello".getBytes(UTF_8));
    var header = new ByteArrayOutputStream();
    header.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3});
    header.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
    header.writeBytes("name\0comment\0".getBytes(UTF_8));
    var crc = new CRC32();
    crc.update(header.toByteArray());
    header.write((int) crc.getValue());
    header.write((int) crc.getValue() >> 8);
    header.write(plain, 10, plain.length - 10);

    byte[] read =
        run(host, host.call("inflate", JsValue.of("gzip")), header.toByteArray(), NO_FLUSH);

    assertThat(new String(read, UTF_8)).isEqualTo("hello");
  }

  @Test
  void whatFollowsTheEndIsLeft() throws IOException {
    byte[] one = gzip(new byte[] {1});
    JsValue id = host.call("inflate", JsValue.of("gzip"));

    run(host, id, join(one, new byte[] {7, 8, 9}), NO_FLUSH);

    assertThat(left(id)).isEqualTo(3);
  }

  @Test
  void severalMembersAreJoinedWhereNodeJoinsThem() throws IOException {
    byte[] both = join(gzip("one".getBytes(UTF_8)), gzip("two".getBytes(UTF_8)), new byte[4]);

    for (String format : new String[] {"gzip-members", "unzip"}) {
      byte[] read = run(host, host.call("inflate", JsValue.of(format)), both, NO_FLUSH);
      assertThat(new String(read, UTF_8)).isEqualTo("onetwo");
    }
  }

  @Test
  void badDataIsNamedInZlibsWords() throws IOException {
    byte[] plain = gzip(noise(100));
    assertBad(new byte[] {0x1f, 0}, "incorrect header check");
    assertBad(changed(plain, 2, 7), "unknown compression method");
    assertBad(changed(plain, 3, 0xff), "unknown header flags set");
    assertBad(
        changed(plain, plain.length - 8, plain[plain.length - 8] + 1), "incorrect data check");
    assertBad(
        changed(plain, plain.length - 4, plain[plain.length - 4] + 1), "incorrect length check");
    assertBad(changed(plain, 10, 0xff), "invalid block type");
  }

  @Test
  void dictionariesAreUsedOnBothSides() {
    byte[] dictionary = noise(1_000);
    byte[] compressed =
        run(
            host,
            host.call(
                "deflate",
                JsValue.of("deflate"),
                JsValue.of(9),
                JsValue.of(0),
                JsValue.of(dictionary)),
            dictionary,
            FINISH);
    JsValue knowing = host.call("inflate", JsValue.of("deflate"), JsValue.of(dictionary));
    JsValue ignorant = host.call("inflate", JsValue.of("deflate"));
    JsValue mistaken = host.call("inflate", JsValue.of("deflate"), JsValue.of(new byte[] {1}));

    assertThat(compressed).hasSizeLessThan(50);
    assertThat(run(host, knowing, compressed, NO_FLUSH)).isEqualTo(dictionary);
    assertThatThrownBy(() -> run(host, ignorant, compressed, NO_FLUSH))
        .hasMessage("Missing dictionary");
    assertThatThrownBy(() -> run(host, mistaken, compressed, NO_FLUSH))
        .hasMessage("Bad dictionary");
  }

  @Test
  void aStreamThatBecomesTooLongIsRefused() {
    var strict =
        new HostCalls(
            new CompressionHost(new DecompressionLimits(100_000, 5_000, 0, 0), new CodecMemory(0))
                .module());
    byte[] compressed = run(host, deflate("gzip"), new byte[200_000], FINISH);

    assertThatThrownBy(
            () -> run(strict, strict.call("inflate", JsValue.of("gzip")), compressed, NO_FLUSH))
        .isInstanceOf(HostError.class)
        .hasMessageContaining("the limit is 100000 bytes");
  }

  @Test
  void aStreamThatGrowsOutOfProportionIsRefusedBeyondTheFirstBytes() {
    var strict =
        new HostCalls(
            new CompressionHost(
                    new DecompressionLimits(1 << 30, 20, 150_000, 0), new CodecMemory(0))
                .module());
    byte[] small = run(host, deflate("gzip"), new byte[150_000], FINISH);
    byte[] large = run(host, deflate("gzip"), new byte[300_000], FINISH);

    assertThat(run(strict, strict.call("inflate", JsValue.of("gzip")), small, NO_FLUSH))
        .hasSize(150_000);
    assertThatThrownBy(
            () -> run(strict, strict.call("inflate", JsValue.of("gzip")), large, NO_FLUSH))
        .hasMessageContaining("20 for one beyond 150000");
  }

  @Test
  void noMoreThanSoManyAreOpenAtOnce() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i <= 2_000; i++) {
                host.call("inflate", JsValue.of("unzip"));
              }
            })
        .hasMessage("More than 2000 compressed streams are open at once.");
  }

  @Test
  void aClosedStreamIsGone() {
    JsValue id = deflate("gzip");
    host.call("close", id);
    host.call("close", id);

    assertThatThrownBy(() -> host.call("finished", id))
        .hasMessage("The compressed stream is closed.");
  }

  @Test
  void checksumsGoOnFromEarlierOnes() {
    byte[] text = noise(1_000);
    var whole = new CRC32();
    whole.update(text);

    JsValue half = host.call("crc32", JsValue.of(Arrays.copyOf(text, 400)), JsValue.of(0));
    JsValue all = host.call("crc32", JsValue.of(Arrays.copyOfRange(text, 400, 1_000)), half);

    assertThat(all).isEqualTo(JsValue.of(whole.getValue()));
  }

  private JsValue deflate(String format) {
    return host.call("deflate", JsValue.of(format), JsValue.of(-1), JsValue.of(0));
  }

  private void assertBad(byte[] input, String sentence) {
    JsValue id = host.call("inflate", JsValue.of("gzip"));
    assertThatThrownBy(() -> run(host, id, input, NO_FLUSH))
        .isInstanceOf(HostError.class)
        .hasMessage(sentence);
  }

  private int left(JsValue id) {
    return (int) ((JsValue.Num) host.call("left", id)).value();
  }

  /** All that comes out, as internal/compression.js asks for it. */
  private static byte[] run(HostCalls host, JsValue id, byte[] input, int flush) {
    var result = new ByteArrayOutputStream();
    byte[] rest = input;
    byte[] piece;
    do {
      piece =
          HostCalls.array(
              host.call("run", id, JsValue.of(rest), JsValue.of(flush), JsValue.of(MOST)));
      result.writeBytes(piece);
      int left = (int) ((JsValue.Num) host.call("left", id)).value();
      rest = Arrays.copyOfRange(rest, rest.length - left, rest.length);
    } while (piece.length == MOST);
    return result.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(compressed)) {
      out.write(content);
    }
    return compressed.toByteArray();
  }

  /** Letters that compress to about half. */
  private static byte[] noise(int length) {
    var random = new Random(1);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(16));
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
