package dev.runnel.quickjs.build;

import dev.runnel.translator.PinnedFile;
import dev.runnel.translator.binary.FunctionIndex;
import dev.runnel.translator.binary.WasmEditor;
import java.util.List;
import run.endive.wasm.types.FunctionType;
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

  private final WasmEditor module;
  private final FunctionIndex functions;

  private PinnedModule(byte[] wasm) {
    PinnedFile.check(wasm, "quickjs.wasm", "the engine", SHA256);
    module = new WasmEditor(wasm);
    functions = new FunctionIndex(module.original());
  }

  /** With the functions that the engine needs inside of it. */
  public static byte[] patched(byte[] wasm) {
    PinnedModule pinned = new PinnedModule(wasm);
    HostCallPatch.apply(pinned.module);
    AsyncContextPatch.apply(pinned.module, pinned.performPromiseThen());
    HeadroomPatch.apply(pinned.module, pinned.stackLimit());
    HostCallPatch.addWasmFunction(pinned.module);
    return pinned.module.toBytes();
  }

  /** Found as what JS_SetMaxStackSize writes last; before it comes the size. */
  private int stackLimit() {
    List<Integer> written =
        functions.instructions(module.exportedFunction("JS_SetMaxStackSize")).stream()
            .filter(instruction -> instruction.opcode() == OpCode.I32_STORE)
            .map(store -> (int) store.operand(1))
            .toList();
    if (written.size() != 2 || written.getLast() - written.getFirst() != 2 * Integer.BYTES) {
      throw new IllegalStateException("JSRuntime's stack_limit is one of %s.".formatted(written));
    }
    return written.getLast();
  }

  /** Found as the only function of its type that JS_PromiseThen calls. */
  private int performPromiseThen() {
    FunctionType type = Signature.of("ilii>i");
    List<Integer> found =
        functions.callees(module.exportedFunction("JS_PromiseThen")).stream()
            .filter(function -> functions.type(function).equals(type))
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException("perform_promise_then is one of %s.".formatted(found));
    }
    check("perform_promise_then", found.getFirst(), CALLS_OF_PERFORM_PROMISE_THEN);
    check("JS_EnqueueJob", module.exportedFunction("JS_EnqueueJob"), CALLS_OF_ENQUEUE_JOB);
    return found.getFirst();
  }

  /**
   * A different count would mean a way around the patch, or a function that isn't the one meant.
   */
  private void check(String name, int function, int expected) {
    int calls = functions.calls(function);
    if (calls != expected) {
      throw new IllegalStateException(
          "%s is called from %d places, not from %d.".formatted(name, calls, expected));
    }
  }
}
