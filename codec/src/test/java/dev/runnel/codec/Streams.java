package dev.runnel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.codec.StreamEncoder.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.DataFormatException;

/** What tests of all codecs do with streams. */
public final class Streams {
  private Streams() {}

  /**
   * @param most bytes that are given at once
   * @param room for output, each time
   */
  public static byte[] compress(StreamEncoder encoder, byte[] text, int most, int room) {
    var all = new ByteArrayOutputStream();
    ByteBuffer input = ByteBuffer.wrap(text);
    try (encoder) {
      while (!encoder.isFinished()) {
        input.limit(Math.min(text.length, input.position() + most));
        ByteBuffer output = ByteBuffer.allocate(room);
        encoder.run(
            input, output, input.limit() == text.length ? Operation.FINISH : Operation.PROCESS);
        all.write(output.array(), 0, output.position());
      }
    }
    return all.toByteArray();
  }

  /** As above, the other way round. */
  public static byte[] decompress(StreamDecoder decoder, byte[] compressed, int most, int room)
      throws DataFormatException {
    var all = new ByteArrayOutputStream();
    ByteBuffer input = ByteBuffer.wrap(compressed);
    try (decoder) {
      while (!decoder.isFinished()) {
        input.limit(Math.min(compressed.length, input.position() + most));
        ByteBuffer output = ByteBuffer.allocate(room);
        decoder.run(input, output);
        all.write(output.array(), 0, output.position());
      }
    }
    return all.toByteArray();
  }

  /** Words that repeat, but not too regularly. */
  public static byte[] text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("word").append(random.nextInt(300)).append(random.nextInt(4) == 0 ? "\n" : " ");
    }
    return text.substring(0, length).getBytes(UTF_8);
  }
}
