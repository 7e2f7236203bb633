package dev.runnel.codec.zstd;

import dev.runnel.codec.CodecInstance;
import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.StreamEncoder;
import dev.runnel.codec.zstd.ZstdModule.Function;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compresses by Zstandard. */
public final class ZstdEncoder extends StreamEncoder {
  /** Of parameters, as zstd.h numbers them. */
  public static final int COMPRESSION_LEVEL = 100;

  public static final int WINDOW_LOG = 101;
  public static final int SOURCE_SIZE_HINT = 1004;

  private static final int DEFAULT_LEVEL = 3;

  /** Within what ZSTD_createCCtx returns: the stream's announced length, and one. */
  private static final int PLEDGED = 608;

  /** ZSTD_outBuffer and ZSTD_inBuffer: an address, a size and how far it was used. */
  private static final int OUT = 0;

  private static final int IN = 3;

  private final Map<Integer, Integer> parameters;
  private final long length;
  private @Nullable ZstdContext context;

  private ZstdEncoder(CodecMemory memory, Map<Integer, Integer> parameters, long length) {
    super(memory, ZstdModule.MODULE);
    this.parameters = Map.copyOf(parameters);
    this.length = length;
  }

  /**
   * @param parameters those of zstd.h that are to be other than usual
   */
  public static ZstdEncoder open(CodecMemory memory, Map<Integer, Integer> parameters) {
    return open(memory, parameters, -1);
  }

  /** As above, for so many bytes, which the stream then tells; below 0 for any number. */
  public static ZstdEncoder open(
      CodecMemory memory, Map<Integer, Integer> parameters, long length) {
    return memory.opened(new ZstdEncoder(memory, parameters, length));
  }

  /**
   * @throws ZstdStreamException when a parameter can't be what it should
   */
  @Override
  protected void begin(CodecInstance instance, int shortest) {
    ZstdContext opened = ZstdContext.in(instance, DEFAULT_LEVEL);
    parameters.forEach((parameter, value) -> checkSuccess(instance, opened.set(parameter, value)));
    if (length >= 0) {
      instance.writeLong(opened.compressing() + PLEDGED, length + 1);
    }
    context = opened;
  }

  @Override
  protected boolean encode(
      CodecInstance instance, ByteBuffer input, ByteBuffer output, Operation operation) {
    ZstdContext opened = context;
    if (opened == null) {
      throw instance.full();
    }
    boolean finished = false;
    boolean goesOn = true;
    while (goesOn) {
      int taken = instance.load(input);
      Operation now = taken == input.remaining() ? operation : Operation.PROCESS;
      lay(instance, OUT, instance.output(), Math.min(output.remaining(), CodecInstance.PIECE));
      lay(instance, IN, instance.input(), taken);
      int left =
          instance.call(
              Function.COMPRESS.index(),
              opened.compressing(),
              instance.cell(OUT),
              instance.cell(IN),
              now.ordinal());
      checkSuccess(instance, left);
      instance.done(
          input,
          instance.read(instance.cell(IN + 2)),
          output,
          instance.read(instance.cell(OUT + 2)));
      boolean hasMore = now != Operation.PROCESS && left != 0;
      finished = now == Operation.FINISH && left == 0;
      goesOn = output.hasRemaining() && (input.hasRemaining() || hasMore);
    }
    return finished;
  }

  private static void lay(CodecInstance instance, int cell, int address, int size) {
    instance.write(instance.cell(cell), address);
    instance.write(instance.cell(cell + 1), size);
    instance.write(instance.cell(cell + 2), 0);
  }

  private static void checkSuccess(CodecInstance instance, int result) {
    if (ZstdException.isError(result)) {
      if (instance.wasRefusedMemory()) {
        throw instance.full();
      }
      throw new ZstdStreamException(new ZstdException(-result));
    }
  }
}
