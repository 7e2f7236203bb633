package dev.runnel.quickjs.jit;

import dev.runnel.wasm.FlatMemory;
import java.util.Arrays;
import java.util.List;
import run.endive.runtime.Instance;

/**
 * One compiled function; the emitter makes a subclass for each. Belongs to one isolate, since its
 * code names addresses of that heap, and is confined to its thread.
 */
abstract class Compiled {
  final Jit jit;
  final Instance instance;
  final int runtime;

  /** The function's realm. */
  final int context;

  /** Addresses of the JSFunctionBytecode and of its code, and its counts. */
  final int bytecode;

  final int code;
  final int argumentCount;
  final int varRefCount;
  final int[] capturedVariables;
  final boolean strict;

  final FrameShape shape;
  final List<Site> sites;

  /** For each site, what was found there last: mask of the shape's table, then the index. */
  final long[] caches;

  private int exits;

  Compiled(Parts parts) {
    jit = parts.jit;
    instance = parts.jit.instance();
    runtime = parts.jit.runtime();
    context = parts.function.realm();
    bytecode = parts.function.address();
    code = parts.function.codeAddress();
    argumentCount = parts.function.argumentCount();
    varRefCount = parts.function.varRefCount();
    capturedVariables = parts.function.capturedVariables();
    strict = parts.function.isStrict();
    shape = parts.shape;
    sites = List.copyOf(parts.sites);
    caches = new long[sites.size()];
    Arrays.fill(caches, -1);
  }

  /** What a subclass's constructor passes on. */
  record Parts(Jit jit, Bytecode function, FrameShape shape, List<Site> sites) {}

  /**
   * Has the parameters of JS_CallInternal.
   *
   * @param caller the context that the call came from
   */
  abstract long call(
      FlatMemory memory,
      int caller,
      long function,
      long receiver,
      long newTarget,
      int argc,
      int argv,
      int flags);

  /** Address of the instruction behind the site's: what a frame's cur_pc is during a call. */
  int pcBehind(int site) {
    return code + sites.get(site).next();
  }

  GuestExit again(int site) {
    return jit.exit().again(site);
  }

  GuestExit thrown(int site) {
    return jit.exit().thrown(site);
  }

  /** Counts exits to the interpreter that weren't exceptions; too many end the compiled code. */
  void countExit() {
    if (++exits == jit.mostExits()) {
      jit.retire(this);
    }
  }
}
