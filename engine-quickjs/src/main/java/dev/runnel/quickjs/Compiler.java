package dev.runnel.quickjs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.runnel.engine.Limits;
import dev.runnel.engine.ModuleSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Brings compiled modules and scripts into a guest. What is large is compiled in a {@link
 * ScratchHeap}: what a parser leaves behind would be most of the guest's own. Our own modules come
 * without the text of their functions, and compiled by the build where it did so.
 */
final class Compiler {
  /** From this size on, in bytes, a scratch heap costs less than what the parser leaves behind. */
  private static final int LARGE_SOURCE = 1 << 16;

  private final QuickJs js;
  private final ScratchHeap scratch;

  /**
   * @param interrupted whether the guest that waits for the code is to end
   */
  Compiler(QuickJs js, Limits limits, BooleanSupplier interrupted) {
    this.js = js;
    this.scratch = new ScratchHeap(limits, interrupted);
  }

  /** The compiled module, which isn't linked yet. */
  long module(String name, ModuleSource source) {
    return switch (source.origin()) {
      case PROGRAM -> program(name, GuestText.source(source.text()), QuickJs.EVAL_MODULE);
      case BUILT_IN -> builtIn(name, source);
    };
  }

  /** The compiled script. */
  long script(String name, byte[] utf8) {
    return program(name, utf8, QuickJs.EVAL_SCRIPT);
  }

  /**
   * What has errors, or needs more memory than there is, is compiled in the guest after all: that
   * fails in the way that its program is to see.
   */
  private long program(String name, byte[] utf8, int kind) {
    Optional<byte[]> code =
        utf8.length < LARGE_SOURCE
            ? Optional.empty()
            : scratch.compile(name, utf8, kind, Compiler::withoutVeryLargeTexts);
    return code.map(js::readBytecode).orElseGet(() -> here(name, utf8, kind));
  }

  private static byte[] withoutVeryLargeTexts(QuickJs js, long code) {
    return FunctionTexts.dropVeryLarge(js.writeBytecode(code), js.writeStrippedBytecode(code));
  }

  private long builtIn(String name, ModuleSource source) {
    return source
        .code()
        .flatMap(Compiler::ofThisBuild)
        .or(() -> stripped(scratch, name, source))
        .map(js::readBytecode)
        .orElseGet(() -> here(name, GuestText.source(source.text()), QuickJs.EVAL_MODULE));
  }

  private long here(String name, byte[] utf8, int kind) {
    return js.evaluate(name, utf8, kind | QuickJs.EVAL_COMPILE_ONLY);
  }

  /** Stops a compilation that is under way. Any thread may call this. */
  void interrupt() {
    scratch.interrupt();
  }

  // ---- Ahead of time: the engine's digest, then the bytecode ----

  static byte[] aheadOfTime(String name, ModuleSource source) {
    byte[] bytecode =
        stripped(new ScratchHeap(Limits.DEFAULT, () -> false), name, source)
            .orElseThrow(() -> new IllegalArgumentException(name + " can't be compiled."));
    byte[] digest = EngineModule.digest().getBytes(US_ASCII);
    byte[] code = Arrays.copyOf(digest, digest.length + bytecode.length);
    System.arraycopy(bytecode, 0, code, digest.length, bytecode.length);
    return code;
  }

  private static Optional<byte[]> stripped(ScratchHeap heap, String name, ModuleSource source) {
    byte[] utf8 = GuestText.source(source.text());
    return heap.compile(name, utf8, QuickJs.EVAL_MODULE, QuickJs::writeStrippedBytecode);
  }

  private static Optional<byte[]> ofThisBuild(byte[] code) {
    byte[] digest = EngineModule.digest().getBytes(US_ASCII);
    boolean fits =
        code.length > digest.length
            && Arrays.equals(code, 0, digest.length, digest, 0, digest.length);
    return fits
        ? Optional.of(Arrays.copyOfRange(code, digest.length, code.length))
        : Optional.empty();
  }
}
