package dev.runnel.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One stream being compressed, by one thread at a time. Memory is taken when the first bytes come.
 */
public abstract class StreamEncoder implements AutoCloseable {
  /** What is to be written once the input is used up; the order is the codecs'. */
  public enum Operation {
    PROCESS,
    FLUSH,
    FINISH
  }

  private final CodecMemory memory;
  private final CodecModule module;
  private volatile @Nullable CodecInstance instance;
  private volatile boolean interrupted;
  private boolean finished;

  protected StreamEncoder(CodecMemory memory, CodecModule module) {
    this.memory = memory;
    this.module = module;
  }

  /**
   * Takes from the input and adds to the output until one of them is used up. To be called again
   * with the rest of the input and the same operation while the output comes back full.
   *
   * @throws CodecMemoryException when there is no room
   * @throws CodecInterruptedException after {@link #interrupt}
   */
  public final void run(ByteBuffer input, ByteBuffer output, Operation operation) {
    if (finished) {
      return;
    }
    CodecInstance opened = instance;
    if (opened == null) {
      opened = open(operation == Operation.FINISH ? input.remaining() : Integer.MAX_VALUE);
    }
    synchronized (opened) {
      finished = encode(opened, input, output, operation);
    }
  }

  private CodecInstance open(int length) {
    CodecInstance opened = memory.newInstance(module);
    instance = opened;
    begin(opened, length);
    if (interrupted) {
      opened.interrupt();
    }
    return opened;
  }

  /**
   * Starts the stream in a new memory.
   *
   * @param length how long all of the stream is, or the largest number when it may be any
   */
  protected abstract void begin(CodecInstance instance, int length);

  /** As {@link #run}; true when the stream's end has been written. */
  protected abstract boolean encode(
      CodecInstance instance, ByteBuffer input, ByteBuffer output, Operation operation);

  /** True when the stream's end has been written. */
  public final boolean isFinished() {
    return finished;
  }

  /** Any thread may call this: whatever the encoder is doing ends at once. */
  public final void interrupt() {
    interrupted = true;
    CodecInstance opened = instance;
    if (opened != null) {
      opened.interrupt();
    }
  }

  @Override
  public final void close() {
    CodecInstance opened = instance;
    instance = null;
    finished = true;
    memory.closed(this);
    if (opened != null) {
      opened.leave();
    }
  }
}
