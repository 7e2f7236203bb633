package dev.runnel.codec.zstd;

import dev.runnel.codec.CodecModule;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/** The translated codec. */
public final class ZstdModule {
  /** The class that the build translates the module to. */
  public static final String CLASS_NAME = "dev.runnel.codec.zstd.translated.ZstdWasm";

  /** What the build exports; the package names nothing. */
  public static final String RESET = "reset";

  public static final String SET_PARAMETER = "setParameter";
  public static final String COMPRESS = "compress";
  public static final String DECOMPRESS = "decompress";
  public static final String READ_HEADER = "readHeader";

  /** Emscripten's function by which the allocator asks for a larger memory. */
  private static final String RESIZE = "s";

  private static final int PAGE_SHIFT = 16;
  private static final int PAGE = 1 << PAGE_SHIFT;

  static final CodecModule MODULE = CodecModule.load("Zstandard", CLASS_NAME, ZstdModule::imported);

  /** Its exported functions that are used here. */
  enum Function {
    RESET(ZstdModule.RESET),
    SET_PARAMETER(ZstdModule.SET_PARAMETER),
    COMPRESS(ZstdModule.COMPRESS),
    DECOMPRESS(ZstdModule.DECOMPRESS),
    READ_HEADER(ZstdModule.READ_HEADER);

    private final int index;

    Function(String export) {
      this.index = MODULE.function(export);
    }

    int index() {
      return index;
    }
  }

  private ZstdModule() {}

  /** Nothing else that is imported is called by the functions above. */
  private static long imported(Instance instance, String name, long[] arguments) {
    return name.equals(RESIZE) && grow(instance.memory(), (int) arguments[0]) ? 1 : 0;
  }

  private static boolean grow(Memory memory, int bytes) {
    long pages = (Integer.toUnsignedLong(bytes) + PAGE - 1) >>> PAGE_SHIFT;
    return memory.grow((int) pages - memory.pages()) >= 0;
  }
}
