package dev.runnel.quickjs.jit;

import dev.runnel.wasm.FlatMemory;
import run.endive.runtime.Instance;

/** Where each call of a JavaScript function arrives first: an intrinsic before JS_CallInternal. */
public final class JitEntry {
  private JitEntry() {}

  public static long call(
      int context,
      long function,
      long receiver,
      long newTarget,
      int argc,
      int argv,
      int flags,
      FlatMemory memory,
      Instance instance) {
    return Jit.call(context, function, receiver, newTarget, argc, argv, flags, memory);
  }
}
