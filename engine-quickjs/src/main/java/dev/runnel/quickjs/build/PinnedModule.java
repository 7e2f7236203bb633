package dev.runnel.quickjs.build;

import dev.runnel.wasm.TranslatedModule;
import java.util.List;
import java.util.stream.IntStream;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.OpCode;

/**
 * The one file that the engine is built from, quickjs.wasm of npm's quickjs-wasi 3.6.2 (QuickJS-ng
 * 0.17.0), and what the build looks up in its code.
 */
public final class PinnedModule {
  private static final String SHA256 =
      "d4c9375f2b1ca4dc95f72c8aa2982a7a9951ac8011490d79c6582df732b4bbd9";

  /** JS_PromiseThen, await, and four more places in the library. */
  private static final int CALLS_OF_PERFORM_PROMISE_THEN = 6;

  private static final int CALLS_OF_ENQUEUE_JOB = 6;

  private final WasmModule parsed;

  PinnedModule(byte[] wasm) {
    String actual = TranslatedModule.sha256(wasm);
    if (!actual.equals(SHA256)) {
      throw new IllegalStateException(
          "quickjs.wasm has SHA-256 %s, the engine is made for %s. Run npm ci."
              .formatted(actual, SHA256));
    }
    parsed = Parser.parse(wasm);
  }

  /** With the functions that the engine needs inside of it. */
  public static byte[] patched(byte[] wasm) {
    PinnedModule pinned = new PinnedModule(wasm);
    ModuleEditor module = new ModuleEditor(wasm);
    TableFiller table = new TableFiller(module);
    HostCallPatch.apply(module, table);
    AsyncContextPatch.apply(module, table, pinned.performPromiseThen(module));
    return module.toBytes();
  }

  /** Found as the only function of its type that JS_PromiseThen calls. */
  private int performPromiseThen(ModuleEditor module) {
    Signature signature = new Signature("ilii>i");
    List<Integer> found =
        callsIn(module.exported("JS_PromiseThen"))
            .distinct()
            .filter(function -> module.hasType(function, signature))
            .boxed()
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException("perform_promise_then is one of %s.".formatted(found));
    }
    check("perform_promise_then", found.getFirst(), CALLS_OF_PERFORM_PROMISE_THEN);
    check("JS_EnqueueJob", module.exported("JS_EnqueueJob"), CALLS_OF_ENQUEUE_JOB);
    return found.getFirst();
  }

  /**
   * A different count would mean a way around the patch, or a function that isn't the one meant.
   */
  private void check(String name, int function, int expected) {
    long calls =
        IntStream.range(0, parsed.codeSection().functionBodyCount())
            .map(body -> body + imports())
            .flatMap(this::callsIn)
            .filter(callee -> callee == function)
            .count();
    if (calls != expected) {
      throw new IllegalStateException(
          "%s is called from %d places, not from %d.".formatted(name, calls, expected));
    }
  }

  private IntStream callsIn(int function) {
    return parsed.codeSection().getFunctionBody(function - imports()).instructions().stream()
        .filter(instruction -> instruction.opcode() == OpCode.CALL)
        .mapToInt(instruction -> (int) instruction.operand(0));
  }

  private int imports() {
    return parsed.importSection().importCount();
  }
}
