package dev.runnel.codec.zstd.build;

import dev.runnel.codec.CodecModule;
import dev.runnel.codec.zstd.ZstdModule;
import dev.runnel.translator.PinnedFile;
import dev.runnel.translator.TranslateMain;
import dev.runnel.translator.TranslatorOptions;
import dev.runnel.translator.binary.ByteReader;
import dev.runnel.translator.binary.ByteWriter;
import dev.runnel.translator.binary.Sections;
import dev.runnel.translator.binary.WasmEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes the codec's classes: {@code zstd.wasm OUTPUT_DIRECTORY}.
 *
 * <p>What the package has for JavaScript flushes at each chunk whether one wants it or not, and
 * names its functions at run time only. The library's own below are exported instead, by their
 * numbers: the file is pinned.
 */
public final class BuildZstd {
  /** Of npm's @hpcc-js/wasm-zstd 1.12.5: zstd 1.5.7. */
  private static final String SHA256 =
      "1548f75693fc7bf6169367efa541136c2bc40d98ce6243c738fc856001fb3f0a";

  private static final int MALLOC = 31;

  /** ZSTD_CCtxParams_setParameter. */
  private static final int SET_PARAMETER = 142;

  /** ZSTD_getFrameHeader_advanced. */
  private static final int READ_HEADER = 147;

  /** ZSTD_compressStream2. */
  private static final int COMPRESS = 305;

  /** The package's own: makes both contexts, or forgets what they were doing. */
  private static final int RESET = 335;

  /** The package's own, with ZSTD_decompressStream in it. */
  private static final int DECOMPRESS = 559;

  private static final int IMPORTED_FUNCTIONS = 23;

  /**
   * Functions that use vectors or the older kind of exceptions, which can't be translated: of C++'s
   * library and of the package, none of which those above call.
   */
  private static final Set<Integer> UNTRANSLATABLE =
      Set.of(
          33, 52, 53, 71, 139, 155, 165, 262, 270, 275, 281, 282, 284, 309, 333, 442, 471, 472, 473,
          474, 475, 476, 479, 480, 481, 491, 495, 496, 507, 524, 539, 575, 576);

  private static final byte[] UNREACHABLE = {0, 0, 0x0b};

  /** Its data and stack end before; it asks for what it needs besides. */
  private static final int PAGES = 2;

  private static final int MOST_PAGES = 32_768;

  private BuildZstd() {}

  public static void main(String[] args) throws IOException {
    TranslateMain.run(
        withStreamFunctions(Files.readAllBytes(Path.of(args[0]))),
        TranslatorOptions.named(ZstdModule.CLASS_NAME),
        Path.of(args[1]),
        System.out);
  }

  private static byte[] withStreamFunctions(byte[] wasm) {
    PinnedFile.check(wasm, "zstd.wasm", "the codec", SHA256);
    WasmEditor module = new WasmEditor(translatable(wasm));
    module.exportFunction(CodecModule.ALLOCATE, MALLOC);
    module.exportFunction(ZstdModule.RESET, RESET);
    module.exportFunction(ZstdModule.SET_PARAMETER, SET_PARAMETER);
    module.exportFunction(ZstdModule.COMPRESS, COMPRESS);
    module.exportFunction(ZstdModule.DECOMPRESS, DECOMPRESS);
    module.exportFunction(ZstdModule.READ_HEADER, READ_HEADER);
    return module.toBytes();
  }

  /** Without what isn't used, and with a memory that begins small: each stream has its own. */
  private static byte[] translatable(byte[] wasm) {
    Sections sections = Sections.parse(wasm);
    ByteReader code = sections.reader(Sections.CODE);
    int count = code.u32();
    ByteWriter kept = new ByteWriter().u32(count);
    for (int i = 0; i < count; i++) {
      byte[] body = code.take(code.u32());
      kept.sized(UNTRANSLATABLE.contains(IMPORTED_FUNCTIONS + i) ? UNREACHABLE : body);
    }
    sections.put(Sections.CODE, kept.toBytes());
    sections.put(Sections.EXPORT, new ByteWriter().u32(0).toBytes());
    sections.put(Sections.TAG, new ByteWriter().u32(0).toBytes());
    sections.put(
        Sections.MEMORY, new ByteWriter().u32(1).u8(1).u32(PAGES).u32(MOST_PAGES).toBytes());
    return sections.toBytes();
  }
}
