package dev.runnel.codec.brotli;

import dev.runnel.codec.CodecInstance;
import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.StreamDecoder;
import dev.runnel.codec.brotli.BrotliModule.Function;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decompresses Brotli. Streams of one {@link CodecMemory} share an instance. */
public final class BrotliDecoder implements StreamDecoder {
  /** Within what decompressstream_new returns. The build pins the module, so they don't change. */
  private static final int STATE = 8;

  private static final int ERROR_CODE = STATE + 2156;
  private static final int TOTAL = STATE + 2456;

  private static final int FAILED = 0;
  private static final int SUCCESS = 1;
  private static final int NEEDS_MORE_INPUT = 2;

  /** BROTLI_DECODER_ERROR_FORMAT_WINDOW_BITS. */
  private static final int BAD_WINDOW_BITS = -13;

  /** How a stream begins whose window may be larger than RFC 7932 allows. */
  private static final int LARGE_WINDOW_MASK = 0x7f;

  private static final int LARGE_WINDOW_START = 0x11;

  /** Which streams are read. */
  public enum Window {
    /** Up to 16 MB, as RFC 7932 has it. */
    STANDARD,
    /** Up to 1 GB, as far as there is memory. */
    LARGE
  }

  private final CodecMemory memory;
  private final Window window;
  private @Nullable CodecInstance instance;
  private int stream;
  private boolean finished;
  private boolean over;

  public BrotliDecoder(CodecMemory memory, Window window) {
    this.memory = memory;
    this.window = window;
  }

  /**
   * As {@link StreamDecoder#run}.
   *
   * @throws BrotliException when the input is no Brotli stream
   */
  @Override
  public void run(ByteBuffer input, ByteBuffer output) throws BrotliException {
    if (over) {
      return;
    }
    CodecInstance opened = instance;
    if (opened == null) {
      if (!input.hasRemaining()) {
        return;
      }
      checkWindow(input.get(input.position()));
      opened = memory.sharedInstance(BrotliModule.MODULE);
      instance = opened;
      synchronized (opened) {
        stream = opened.call(Function.NEW_DECODER.index());
      }
    }
    synchronized (opened) {
      decode(opened, input, output);
    }
  }

  private void checkWindow(byte first) throws BrotliException {
    if (window == Window.STANDARD && (first & LARGE_WINDOW_MASK) == LARGE_WINDOW_START) {
      throw new BrotliException(BAD_WINDOW_BITS);
    }
  }

  private void decode(CodecInstance opened, ByteBuffer input, ByteBuffer output)
      throws BrotliException {
    int result;
    do {
      BrotliPorts ports = BrotliPorts.open(opened, input, output);
      result =
          opened.call(
              Function.DECODE.index(),
              ports.available(),
              ports.taken(),
              opened.input(),
              ports.length(),
              ports.room(),
              ports.given(),
              opened.output(),
              ports.size(),
              stream + TOTAL,
              stream + STATE);
      ports.close(input, output);
    } while (output.hasRemaining()
        && result != SUCCESS
        && result != FAILED
        && (result != NEEDS_MORE_INPUT || input.hasRemaining()));
    if (result == FAILED) {
      over = true;
      throw new BrotliException(opened.read(stream + ERROR_CODE));
    }
    finished = result == SUCCESS;
    over = finished;
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public void close() {
    CodecInstance opened = instance;
    instance = null;
    over = true;
    if (opened == null) {
      return;
    }
    synchronized (opened) {
      if (stream != 0 && !opened.hasFailed()) {
        opened.call(Function.FREE_DECODER.index(), stream);
      }
      opened.leave();
    }
  }
}
