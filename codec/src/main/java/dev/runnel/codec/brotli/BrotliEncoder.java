package dev.runnel.codec.brotli;

import dev.runnel.codec.CodecInstance;
import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.StreamEncoder;
import dev.runnel.codec.brotli.BrotliModule.Function;
import java.nio.ByteBuffer;

/** Compresses by Brotli. */
public final class BrotliEncoder extends StreamEncoder {
  public static final int MAX_QUALITY = 11;
  public static final int MIN_WINDOW_BITS = 10;
  public static final int MAX_WINDOW_BITS = 24;

  /** Below it, saving memory costs more than there is to save. */
  private static final int SMALL_WINDOW_BITS = 16;

  /** What a window holds besides what it is as large as. */
  private static final int WINDOW_GAP = 16;

  /** Within what compressstream_new returns. The build pins the module, so they don't change. */
  private static final int STATE = 8;

  private static final int QUALITY = STATE + 5112;
  private static final int WINDOW_BITS = STATE + 5116;
  private static final int ROOM_LEFT = STATE + 5376;
  private static final int STAGE = STATE + 5424;
  private static final int FINISHED = 2;
  private static final int DEFAULT_WINDOW_BITS = 22;

  private final int quality;
  private final int windowBits;
  private int stream;

  private BrotliEncoder(CodecMemory memory, int quality, int windowBits) {
    super(memory, BrotliModule.MODULE);
    this.quality = quality;
    this.windowBits = windowBits;
  }

  /**
   * @param quality 0 to 11
   * @param windowBits 10 to 24
   */
  public static BrotliEncoder open(CodecMemory memory, int quality, int windowBits) {
    return memory.opened(new BrotliEncoder(memory, quality, windowBits));
  }

  /** A stream that is known to be short needs no larger window, nor its reader. */
  @Override
  protected void begin(CodecInstance instance, int length) {
    stream = instance.call(Function.NEW_ENCODER.index(), 1, quality);
    if (instance.read(stream + QUALITY) != quality
        || instance.read(stream + WINDOW_BITS) != DEFAULT_WINDOW_BITS) {
      throw new IllegalStateException("The encoder's parameters are elsewhere.");
    }
    instance.write(stream + WINDOW_BITS, Math.min(windowBits, bitsFor(length)));
  }

  private static int bitsFor(int length) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(length, 1));
    boolean fits = (1L << bits) - WINDOW_GAP >= length;
    return Math.max(SMALL_WINDOW_BITS, fits ? bits : bits + 1);
  }

  @Override
  protected boolean encode(
      CodecInstance instance, ByteBuffer input, ByteBuffer output, Operation operation) {
    boolean goesOn = true;
    while (goesOn) {
      BrotliPorts ports = BrotliPorts.open(instance, input, output);
      Operation now = ports.length() == input.remaining() ? operation : Operation.PROCESS;
      instance.write(ports.total(), 0);
      int done =
          instance.call(
              Function.ENCODE.index(),
              stream + STATE,
              now.ordinal(),
              ports.available(),
              instance.input(),
              ports.length(),
              ports.taken(),
              ports.room(),
              instance.output(),
              ports.size(),
              ports.given(),
              ports.total());
      if (done == 0) {
        throw new IllegalStateException("Brotli's encoder refused what it was given.");
      }
      boolean isFull = ports.close(input, output) == ports.size();
      goesOn = output.hasRemaining() && (input.hasRemaining() || isFull);
    }
    return instance.read(stream + STAGE) == FINISHED && instance.read(stream + ROOM_LEFT) == 0;
  }
}
