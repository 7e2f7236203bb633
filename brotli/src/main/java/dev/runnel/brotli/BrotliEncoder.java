package dev.runnel.brotli;

import dev.runnel.brotli.BrotliInstance.Ports;
import dev.runnel.brotli.BrotliModule.Function;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One stream being compressed, by one thread at a time. */
public final class BrotliEncoder implements AutoCloseable {
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

  /** What is to be written once the input is used up; the order is Brotli's. */
  public enum Operation {
    PROCESS,
    FLUSH,
    FINISH
  }

  private final BrotliMemory memory;
  private final int quality;
  private final int windowBits;
  private volatile @Nullable BrotliInstance instance;
  private int stream;
  private boolean finished;
  private volatile boolean interrupted;

  BrotliEncoder(BrotliMemory memory, int quality, int windowBits) {
    this.memory = memory;
    this.quality = quality;
    this.windowBits = windowBits;
  }

  /**
   * Takes from the input and adds to the output until one of them is used up. To be called again
   * with the rest of the input and the same operation while the output comes back full.
   *
   * @throws BrotliMemoryException when there is no room
   * @throws BrotliInterruptedException after {@link #interrupt}
   */
  public void run(ByteBuffer input, ByteBuffer output, Operation operation) {
    if (finished) {
      return;
    }
    BrotliInstance opened = instance;
    if (opened == null) {
      opened = open(operation == Operation.FINISH ? input.remaining() : Integer.MAX_VALUE);
    }
    synchronized (opened) {
      encode(opened, input, output, operation);
    }
  }

  /** A stream that is known to be short needs no larger window, nor its reader. */
  private BrotliInstance open(int length) {
    BrotliInstance opened = memory.newInstance();
    opened.join();
    stream = opened.call(Function.NEW_ENCODER, 1, quality);
    if (opened.read(stream + QUALITY) != quality
        || opened.read(stream + WINDOW_BITS) != DEFAULT_WINDOW_BITS) {
      throw new IllegalStateException("The encoder's parameters are elsewhere.");
    }
    opened.write(stream + WINDOW_BITS, Math.min(windowBits, bitsFor(length)));
    instance = opened;
    if (interrupted) {
      opened.interrupt();
    }
    return opened;
  }

  private static int bitsFor(int length) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(length, 1));
    boolean fits = (1L << bits) - WINDOW_GAP >= length;
    return Math.max(SMALL_WINDOW_BITS, fits ? bits : bits + 1);
  }

  private void encode(
      BrotliInstance opened, ByteBuffer input, ByteBuffer output, Operation operation) {
    boolean goesOn = true;
    while (goesOn) {
      Ports ports = opened.open(input, output);
      Operation now = ports.length() == input.remaining() ? operation : Operation.PROCESS;
      opened.write(opened.total(), 0);
      int done =
          opened.call(
              Function.ENCODE,
              stream + STATE,
              now.ordinal(),
              ports.available(),
              ports.input(),
              ports.length(),
              ports.taken(),
              ports.room(),
              ports.output(),
              ports.size(),
              ports.given(),
              opened.total());
      if (done == 0) {
        throw new IllegalStateException("Brotli's encoder refused what it was given.");
      }
      boolean isFull = opened.close(ports, input, output) == ports.size();
      goesOn = output.hasRemaining() && (input.hasRemaining() || isFull);
    }
    finished = opened.read(stream + STAGE) == FINISHED && opened.read(stream + ROOM_LEFT) == 0;
  }

  /** True when the stream's end has been written. */
  public boolean isFinished() {
    return finished;
  }

  /** Any thread may call this: whatever the encoder is doing ends at once. */
  public void interrupt() {
    interrupted = true;
    BrotliInstance opened = instance;
    if (opened != null) {
      opened.interrupt();
    }
  }

  @Override
  public void close() {
    BrotliInstance opened = instance;
    instance = null;
    finished = true;
    memory.closed(this);
    if (opened != null) {
      opened.leave();
    }
  }
}
