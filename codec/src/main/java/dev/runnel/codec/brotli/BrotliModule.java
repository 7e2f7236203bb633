package dev.runnel.codec.brotli;

import dev.runnel.codec.CodecModule;

/** The translated codec. */
public final class BrotliModule {
  /** The class that the build translates the module to. */
  public static final String CLASS_NAME = "dev.runnel.codec.brotli.translated.BrotliWasm";

  /** What the build exports besides what the package does. */
  public static final String ENCODE = "encode";

  public static final String DECODE = "decode";

  /** All that it imports tells JavaScript of a panic, which ends with a trap. */
  static final CodecModule MODULE = CodecModule.load("Brotli", CLASS_NAME, (_, _, _) -> 0);

  /** Its exported functions that are used here. */
  enum Function {
    NEW_ENCODER("compressstream_new"),
    ENCODE(BrotliModule.ENCODE),
    NEW_DECODER("decompressstream_new"),
    FREE_DECODER("__wbg_decompressstream_free"),
    DECODE(BrotliModule.DECODE);

    private final int index;

    Function(String export) {
      this.index = MODULE.function(export);
    }

    int index() {
      return index;
    }
  }

  private BrotliModule() {}
}
