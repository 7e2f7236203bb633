package dev.runnel.codec.zstd;

import dev.runnel.codec.CodecInstance;
import dev.runnel.codec.zstd.ZstdModule.Function;

/** The package's object, which has the library's two contexts: one compresses, one decompresses. */
record ZstdContext(CodecInstance instance, int address) {
  private static final int POINTERS = 3;
  private static final int LEVEL = 2 * Integer.BYTES;

  /** ZSTD_CCtx_params within what ZSTD_createCCtx returns. The build pins the module. */
  private static final int PARAMETERS = 12;

  private static final int LEVEL_IN_USE = PARAMETERS + 44;

  static ZstdContext in(CodecInstance instance, int level) {
    ZstdContext context = new ZstdContext(instance, instance.allocate(POINTERS * Integer.BYTES));
    instance.write(context.address, 0);
    instance.write(context.address + Integer.BYTES, 0);
    instance.write(context.address + LEVEL, level);
    instance.call(Function.RESET.index(), context.address);
    if (context.compressing() == 0 || context.decompressing() == 0) {
      throw instance.full();
    }
    if (instance.read(context.compressing() + LEVEL_IN_USE) != level) {
      throw new IllegalStateException("The encoder's parameters are elsewhere.");
    }
    return context;
  }

  int compressing() {
    return instance.read(address);
  }

  int decompressing() {
    return instance.read(address + Integer.BYTES);
  }

  /** An error when there is no such parameter, or it can't be that. */
  int set(int parameter, int value) {
    return instance.call(
        Function.SET_PARAMETER.index(), compressing() + PARAMETERS, parameter, value);
  }
}
