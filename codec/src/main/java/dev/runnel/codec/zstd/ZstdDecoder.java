package dev.runnel.codec.zstd;

import dev.runnel.codec.CodecInstance;
import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.StreamDecoder;
import dev.runnel.codec.zstd.ZstdModule.Function;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses Zstandard. Its memory is its own: a stream needs as much as its window, which it
 * says at its beginning.
 */
public final class ZstdDecoder implements StreamDecoder {
  public static final int MIN_WINDOW_LOG = 10;
  public static final int MAX_WINDOW_LOG = 31;

  /** What zstd reads unless it is told to read more. */
  public static final int USUAL_WINDOW_LOG = 27;

  /** What content codings may ask for: RFC 9659. */
  public static final int HTTP_WINDOW_LOG = 23;

  /** Within what ZSTD_createDCtx returns. The build pins the module, so they don't change. */
  private static final int EXPECTED = 29884;

  private static final int HEADER = 29888;
  private static final int WINDOW_SIZE = HEADER + 8;
  private static final int DICTIONARY = HEADER + 28;
  private static final int STAGE = 29956;
  private static final int FORMAT = 30060;
  private static final int DICTIONARY_IN_USE = 30112;
  private static final int STREAM_STAGE = 30140;
  private static final int MOST_WINDOW = 30156;
  private static final int HEADER_LENGTH = 30176;
  private static final int HEADER_BYTES = 95796;

  private static final int USUAL_WINDOW = (1 << USUAL_WINDOW_LOG) + 1;
  private static final int CHECKING_CHECKSUM = 5;
  private static final int BEGINNING = 0;
  private static final int LOADING_HEADER = 1;

  /** Where the decoding function counts what it took, in its frame. */
  private static final int TAKEN = 28 - 32;

  /** How many frames are one stream. */
  public enum Frames {
    ONE,
    MANY
  }

  private final CodecMemory memory;
  private final int windowLog;
  private final Frames frames;
  private @Nullable ZstdContext context;
  private boolean finished;
  private boolean over;

  /**
   * @param windowLog the largest window that is read
   */
  public ZstdDecoder(CodecMemory memory, int windowLog, Frames frames) {
    this.memory = memory;
    this.windowLog = windowLog;
    this.frames = frames;
  }

  /**
   * As {@link StreamDecoder#run}.
   *
   * @throws ZstdException when the input is no Zstandard stream
   */
  @Override
  public void run(ByteBuffer input, ByteBuffer output) throws ZstdException {
    if (over) {
      return;
    }
    ZstdContext opened = context;
    if (opened == null) {
      if (!input.hasRemaining()) {
        return;
      }
      opened = open();
    }
    synchronized (opened.instance()) {
      decode(opened, input, output);
    }
  }

  private ZstdContext open() {
    CodecInstance instance = memory.newInstance(ZstdModule.MODULE);
    try {
      ZstdContext opened = ZstdContext.in(instance, 1);
      int most = opened.decompressing() + MOST_WINDOW;
      if (instance.read(most) != USUAL_WINDOW) {
        throw new IllegalStateException("The decoder's parameters are elsewhere.");
      }
      instance.write(most, (1 << windowLog) + 1);
      context = opened;
      return opened;
    } catch (RuntimeException e) {
      instance.leave();
      throw e;
    }
  }

  private void decode(ZstdContext opened, ByteBuffer input, ByteBuffer output)
      throws ZstdException {
    CodecInstance instance = opened.instance();
    boolean moves = true;
    while (moves && output.hasRemaining() && mayGoOn(input)) {
      int length = instance.load(input);
      int size = Math.min(output.remaining(), CodecInstance.PIECE);
      int frame = instance.stackPointer();
      int given =
          instance.call(
              Function.DECOMPRESS.index(),
              opened.address(),
              instance.output(),
              size,
              instance.input(),
              length);
      int taken = instance.read(frame + TAKEN);
      moves = taken > 0 || given > 0;
      if (!moves && length > 0) {
        over = true;
        throw failure(opened);
      }
      instance.done(input, taken, output, given);
      finished = isAtFrameEnd(opened);
      over = finished && frames == Frames.ONE;
    }
  }

  /** At a frame's end the function must not be called without input: it would begin the next. */
  private boolean mayGoOn(ByteBuffer input) {
    return !over && (!finished || input.hasRemaining());
  }

  private static boolean isAtFrameEnd(ZstdContext opened) {
    CodecInstance instance = opened.instance();
    int state = opened.decompressing();
    return instance.read(state + STREAM_STAGE) == BEGINNING && instance.read(state + EXPECTED) == 0;
  }

  /** The function tells nobody why it stopped, so this looks where it stopped. */
  private static ZstdException failure(ZstdContext opened) {
    CodecInstance instance = opened.instance();
    if (instance.wasRefusedMemory()) {
      throw instance.full();
    }
    int state = opened.decompressing();
    if (instance.read(state + STREAM_STAGE) != LOADING_HEADER) {
      boolean isChecking = instance.read(state + STAGE) == CHECKING_CHECKSUM;
      return new ZstdException(
          isChecking ? ZstdException.CHECKSUM_WRONG : ZstdException.CORRUPTION);
    }
    int result =
        instance.call(
            Function.READ_HEADER.index(),
            state + HEADER,
            state + HEADER_BYTES,
            instance.read(state + HEADER_LENGTH),
            instance.read(state + FORMAT));
    if (ZstdException.isError(result)) {
      return new ZstdException(-result);
    }
    int dictionary = instance.read(state + DICTIONARY);
    if (dictionary != 0 && dictionary != instance.read(state + DICTIONARY_IN_USE)) {
      return new ZstdException(ZstdException.DICTIONARY_WRONG);
    }
    long most = Integer.toUnsignedLong(instance.read(state + MOST_WINDOW));
    boolean isTooLarge = instance.readLong(state + WINDOW_SIZE) > most;
    return new ZstdException(
        isTooLarge ? ZstdException.WINDOW_TOO_LARGE : ZstdException.CORRUPTION);
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public void close() {
    ZstdContext opened = context;
    context = null;
    over = true;
    if (opened != null) {
      opened.instance().leave();
    }
  }
}
