package dev.runnel.runtime.host.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.host.web.compression.Format;
import dev.runnel.runtime.host.web.compression.InflateCodec;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.limit.DecompressionLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DecodedBodyTest {

  @Test
  void piecesOfAnySizeAreUnpacked() throws IOException {
    var chunks = new Chunks();
    for (byte octet : gzip("some text".getBytes(UTF_8))) {
      chunks.add(new byte[] {octet});
    }

    var read = readAll(decoded(chunks, DecompressionLimits.DEFAULT));

    assertThat(read.bytes.toString(UTF_8)).isEqualTo("some text");
    assertThat(read.outcome).isEqualTo("end");
  }

  @Test
  void aSmallChunkIsUnpackedOnlyAsFarAsItIsRead() throws IOException {
    var chunks = new Chunks().add(gzip(new byte[10_000_000]));
    var reading = new Reading();

    decoded(chunks, DecompressionLimits.DEFAULT).read(reading);

    assertThat(reading.bytes.size()).isEqualTo(64 * 1024);
  }

  @Test
  void whatBecomesTooLongIsRefusedAndItsSourceGivenUp() throws IOException {
    var chunks = new Chunks().add(gzip(new byte[1_000_000]));

    var read = readAll(decoded(chunks, new DecompressionLimits(100_000, 10_000, 0, 0)));

    assertThat(read.outcome).startsWith("The compressed body is refused");
    assertThat(read.bytes.size()).isLessThanOrEqualTo(100_000);
    assertThat(chunks.cancelled).isTrue();
  }

  @Test
  void aBodyThatIsNotWhatItsEncodingSaysFails() throws IOException {
    var chunks = new Chunks().add("plain text".getBytes(UTF_8));

    var read = readAll(decoded(chunks, DecompressionLimits.DEFAULT));

    assertThat(read.outcome)
        .isEqualTo("The body is not what its Content-Encoding says: incorrect header check");
  }

  @Test
  void aBodyThatBreaksOffGivesWhatThereIs() throws IOException {
    byte[] packed = gzip("some text".getBytes(UTF_8));
    var chunks = new Chunks().add(Arrays.copyOf(packed, packed.length - 8));

    assertThat(readAll(decoded(chunks, DecompressionLimits.DEFAULT)).bytes.toString(UTF_8))
        .isEqualTo("some text");
  }

  private static DecodedBody decoded(RequestBody body, DecompressionLimits limits) {
    var codec = new InflateCodec(Format.GZIP, InflateCodec.Members.MANY, new byte[0]);
    return new DecodedBody(body, codec, limits);
  }

  private static Reading readAll(RequestBody body) {
    var reading = new Reading();
    while (reading.outcome.isEmpty()) {
      body.read(reading);
    }
    return reading;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  /** A body that has arrived already. */
  private static final class Chunks implements RequestBody {
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private boolean cancelled;

    Chunks add(byte[] chunk) {
      chunks.add(chunk);
      return this;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public void read(Receiver receiver) {
      if (chunks.isEmpty()) {
        receiver.end();
      } else {
        receiver.chunk(ByteBuffer.wrap(chunks.remove()));
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static final class Reading implements RequestBody.Receiver {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String outcome = "";

    @Override
    public void chunk(ByteBuffer chunk) {
      while (chunk.hasRemaining()) {
        bytes.write(chunk.get());
      }
    }

    @Override
    public void end() {
      outcome = "end";
    }

    @Override
    public void failed(Throwable cause) {
      outcome = String.valueOf(cause.getMessage());
    }
  }
}
