package dev.runnel.brotli;

import dev.runnel.brotli.BrotliInstance.Ports;
import dev.runnel.brotli.BrotliModule.Function;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One stream being decompressed, by one thread at a time. */
public final class BrotliDecoder implements AutoCloseable {
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

  private final BrotliMemory memory;
  private final Window window;
  private @Nullable BrotliInstance instance;
  private int stream;
  private boolean finished;
  private boolean over;

  BrotliDecoder(BrotliMemory memory, Window window) {
    this.memory = memory;
    this.window = window;
  }

  /**
   * Takes from the input and adds to the output until one of them is used up, or the stream has
   * ended. To be called again with the rest of the input while the output comes back full.
   *
   * @throws BrotliException when the input is no Brotli stream
   * @throws BrotliMemoryException when there is no room
   */
  public void run(ByteBuffer input, ByteBuffer output) throws BrotliException {
    if (over) {
      return;
    }
    BrotliInstance opened = instance;
    if (opened == null) {
      if (!input.hasRemaining()) {
        return;
      }
      checkWindow(input.get(input.position()));
      opened = memory.forDecoder();
      instance = opened;
      synchronized (opened) {
        stream = opened.call(Function.NEW_DECODER);
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

  private void decode(BrotliInstance opened, ByteBuffer input, ByteBuffer output)
      throws BrotliException {
    int result;
    do {
      Ports ports = opened.open(input, output);
      result =
          opened.call(
              Function.DECODE,
              ports.available(),
              ports.taken(),
              ports.input(),
              ports.length(),
              ports.room(),
              ports.given(),
              ports.output(),
              ports.size(),
              stream + TOTAL,
              stream + STATE);
      opened.close(ports, input, output);
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

  /** True when the stream's end has been read. */
  public boolean isFinished() {
    return finished;
  }

  @Override
  public void close() {
    BrotliInstance opened = instance;
    instance = null;
    over = true;
    if (opened == null) {
      return;
    }
    synchronized (opened) {
      if (stream != 0 && !opened.hasFailed()) {
        opened.call(Function.FREE_DECODER, stream);
      }
      opened.leave();
    }
  }
}
