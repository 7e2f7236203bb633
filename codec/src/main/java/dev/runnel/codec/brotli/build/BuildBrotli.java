package dev.runnel.codec.brotli.build;

import dev.runnel.codec.CodecModule;
import dev.runnel.codec.brotli.BrotliModule;
import dev.runnel.translator.PinnedFile;
import dev.runnel.translator.TranslateMain;
import dev.runnel.translator.TranslatorOptions;
import dev.runnel.translator.binary.FunctionIndex;
import dev.runnel.translator.binary.WasmEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * Makes the codec's classes: {@code brotli_wasm_bg.wasm OUTPUT_DIRECTORY}.
 *
 * <p>What the package exports for JavaScript copies each chunk several times and can't flush. Both
 * of its stream functions stand on one of the brotli crates' own, which is exported instead.
 */
public final class BuildBrotli {
  /** Of npm's brotli-wasm 3.0.1: the crates brotli 5.0.0 and brotli-decompressor 3. */
  private static final String SHA256 =
      "9ef0a025046bf7d87b7cdb8eac3f73a5c8fea2f1adb848cc9768345573fcd8a9";

  /** BrotliEncoderCompressStream and BrotliDecompressStream by the number of their parameters. */
  private static final int ENCODE_PARAMETERS = 11;

  private static final int DECODE_PARAMETERS = 10;

  private BuildBrotli() {}

  public static void main(String[] args) throws IOException {
    TranslateMain.run(
        withStreamFunctions(Files.readAllBytes(Path.of(args[0]))),
        TranslatorOptions.named(BrotliModule.CLASS_NAME),
        Path.of(args[1]),
        System.out);
  }

  private static byte[] withStreamFunctions(byte[] wasm) {
    PinnedFile.check(wasm, "brotli_wasm_bg.wasm", "the codec", SHA256);
    WasmEditor module = new WasmEditor(wasm);
    FunctionIndex functions = new FunctionIndex(module.original());
    module.exportFunction(
        BrotliModule.ENCODE,
        below(functions, module.exportedFunction("compressstream_compress"), ENCODE_PARAMETERS));
    module.exportFunction(
        BrotliModule.DECODE,
        below(
            functions, module.exportedFunction("decompressstream_decompress"), DECODE_PARAMETERS));
    module.exportFunction(CodecModule.ALLOCATE, module.exportedFunction("__wbindgen_malloc"));
    return module.toBytes();
  }

  /** The one function with so many parameters that is called by those that the other calls. */
  private static int below(FunctionIndex functions, int exported, int parameters) {
    FunctionType type =
        FunctionType.of(Collections.nCopies(parameters, ValType.I32), List.of(ValType.I32));
    List<Integer> found =
        functions.callees(exported).stream()
            .flatMap(wrapper -> functions.callees(wrapper).stream())
            .filter(function -> functions.type(function).equals(type))
            .distinct()
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException("The stream function is one of %s.".formatted(found));
    }
    return found.getFirst();
  }
}
