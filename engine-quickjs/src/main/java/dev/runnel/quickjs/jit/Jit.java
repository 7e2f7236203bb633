package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;
import static dev.runnel.wasm.FlatAccess.memoryWriteShort;

import dev.runnel.quickjs.jit.Layout.Function;
import dev.runnel.quickjs.jit.Layout.Obj;
import dev.runnel.translator.Intrinsic;
import dev.runnel.wasm.FlatMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;

/**
 * The compiled functions of one isolate. Stands in front of JS_CallInternal: counts the calls of
 * each function, compiles those that are called often, and runs what is compiled.
 *
 * <p>A mark in the function's own bytecode, in the guest's memory, is its count or the number of
 * its compiled code. The guest may write there what it likes, and snapshots bring marks of other
 * isolates: a number counts only if the compiled code is of the function at that address.
 *
 * <p>Confined to the isolate's thread.
 */
public final class Jit {
  /** What a call answers that the interpreter has to run. */
  static final long DECLINED = Intrinsic.DECLINED;

  /** A generator goes on, or a call that compiled code has left. */
  private static final int RESUMED = 4;

  private static final int NEVER = 0x7fff;
  private static final int COUNTED = 0x8000;
  private static final int MOST_EXITS = 40;

  private static final ObjIntConsumer<String> NOBODY = (_, _) -> {};

  private final Instance instance;
  private final int runtime;
  private final int threshold;
  private final LongPredicate room;
  private final GuestExit exit = new GuestExit();
  private final List<@Nullable Compiled> compiled = new ArrayList<>();
  private @Nullable Names names;
  private ObjIntConsumer<String> listener = NOBODY;
  private int compilations;
  private boolean isCompiling;

  private Jit(Instance instance, int runtime, int threshold, LongPredicate room) {
    this.instance = instance;
    this.runtime = runtime;
    this.threshold = Math.clamp(threshold, 1, NEVER - 1);
    this.room = room;
    compiled.add(null); // A mark of 0 is a function that nobody has called.
  }

  /** Whether the build found the engine to be as compiled code expects. */
  public static boolean isAvailable() {
    return GuestFunctions.isComplete();
  }

  /**
   * Has the functions of a guest compiled from now on.
   *
   * @param runtime address of the JSRuntime
   * @param threshold the number of calls after which a function is compiled
   * @param room takes so many bytes of the isolate's memory limit, or answers false
   */
  public static Jit attach(
      Instance instance, FlatMemory memory, int runtime, int threshold, LongPredicate room) {
    Jit jit = new Jit(instance, runtime, threshold, room);
    memory.attach(jit);
    return jit;
  }

  /** For tests: is told of each function compiled, with its address, or why it was refused. */
  void listen(ObjIntConsumer<String> to) {
    listener = to;
  }

  /** How many functions have been compiled. */
  public int compilations() {
    return compilations;
  }

  // ---- Calls ----

  /** Has the parameters of JS_CallInternal. */
  static long call(
      int context,
      long function,
      long receiver,
      long newTarget,
      int argc,
      int argv,
      int flags,
      FlatMemory memory) {
    if (!(memory.attachment() instanceof Jit jit) || (flags & RESUMED) != 0) {
      return DECLINED;
    }
    if (Bits.tag(function) != Bits.OBJECT) {
      return DECLINED;
    }
    int object = (int) function;
    if ((memoryReadShort(object + Obj.CLASS, memory) & 0xffff) != Obj.CLASS_FUNCTION) {
      return DECLINED;
    }
    Compiled code = jit.compiled(memory, memoryReadInt(object + Obj.BYTECODE, memory));
    return code == null
        ? DECLINED
        : code.call(memory, context, function, receiver, newTarget, argc, argv, flags);
  }

  /** The code of a function that is called, if it has any by now. */
  @Nullable Compiled compiled(FlatMemory memory, int bytecode) {
    int mark = memoryReadShort(bytecode + Function.MARK, memory) & 0xffff;
    if (mark < compiled.size()) {
      Compiled code = compiled.get(mark);
      if (code != null && code.bytecode == bytecode) {
        return code;
      }
    }
    return mark == NEVER ? null : count(memory, bytecode, mark);
  }

  private @Nullable Compiled count(FlatMemory memory, int bytecode, int mark) {
    int calls = (mark & COUNTED) == 0 ? 1 : (mark & ~COUNTED) + 1;
    if (calls < threshold || isCompiling) {
      mark(memory, bytecode, COUNTED | calls);
      return null;
    }
    Compiled code = compile(memory, bytecode);
    mark(memory, bytecode, code == null ? NEVER : compiled.size() - 1);
    return code;
  }

  private static void mark(FlatMemory memory, int bytecode, int mark) {
    memoryWriteShort(bytecode + Function.MARK, (short) mark, memory);
  }

  private @Nullable Compiled compile(FlatMemory memory, int bytecode) {
    if (compiled.size() == NEVER) {
      return null;
    }
    isCompiling = true;
    try {
      if (names == null) {
        int context = memoryReadInt(bytecode + Function.REALM, memory);
        names = new Names(this, memory, context);
      }
      Compiled code = new JitCompiler(this, names, room).compile(memory, bytecode);
      compiled.add(code);
      compilations++;
      listener.accept("", bytecode);
      return code;
    } catch (RefusedException refused) {
      listener.accept(refused.getMessage(), bytecode);
      return null;
    } finally {
      isCompiling = false;
    }
  }

  // ---- What compiled code needs ----

  Instance instance() {
    return instance;
  }

  int runtime() {
    return runtime;
  }

  GuestExit exit() {
    return exit;
  }

  int mostExits() {
    return MOST_EXITS;
  }

  Names names() {
    if (names == null) {
      throw new IllegalStateException("Compiled code runs before any was compiled.");
    }
    return names;
  }

  /** Has a function interpreted from now on. */
  void retire(Compiled code) {
    int number = compiled.indexOf(code);
    if (number > 0) {
      compiled.set(number, null);
      FlatMemory memory = (FlatMemory) instance.memory();
      if ((memoryReadShort(code.bytecode + Function.MARK, memory) & 0xffff) == number) {
        mark(memory, code.bytecode, NEVER);
      }
    }
  }
}
