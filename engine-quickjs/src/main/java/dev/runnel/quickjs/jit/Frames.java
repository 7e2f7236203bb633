package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;
import static dev.runnel.wasm.FlatAccess.memoryWriteByte;
import static dev.runnel.wasm.FlatAccess.memoryWriteInt;
import static dev.runnel.wasm.FlatAccess.memoryWriteLong;
import static dev.runnel.wasm.FlatAccess.memoryWriteShort;

import dev.runnel.quickjs.jit.Layout.Context;
import dev.runnel.quickjs.jit.Layout.Frame;
import dev.runnel.quickjs.jit.Layout.Runtime;
import dev.runnel.wasm.FlatAccess;
import dev.runnel.wasm.FlatMemory;

/**
 * Frames of compiled functions, laid out on the C stack as the interpreter's are, so that closures,
 * backtraces and the interpreter itself find in them what they expect.
 */
final class Frames {
  /** What {@link #enter} answers when the interpreter should run the call. */
  static final int DECLINED = 0;

  static final int CONSTRUCTOR_CALL = 1;
  static final int COPIES_ARGUMENTS = 2;

  private Frames() {}

  /**
   * Makes a frame, or declines: when QuickJS wants to be asked about interrupts, and near the
   * stack's end. The interpreter then does what has to be done.
   *
   * @param flags of JS_CallInternal
   * @param always whether the function needs its arguments in its own frame
   */
  static int enter(
      Compiled self,
      FlatMemory memory,
      int caller,
      long function,
      int argc,
      int argv,
      int flags,
      boolean always) {
    FlatAccess.poll(memory);
    int counter = memoryReadInt(caller + Context.INTERRUPT_COUNTER, memory) - 1;
    int top = FlatAccess.stackPointer(memory);
    int bottom = top - self.shape.bytes();
    int limit = memoryReadInt(self.runtime + Runtime.STACK_LIMIT, memory);
    if (counter <= 0 || Integer.compareUnsigned(bottom, limit) < 0) {
      return DECLINED;
    }
    memoryWriteInt(caller + Context.INTERRUPT_COUNTER, counter, memory);
    FlatAccess.setStackPointer(bottom, memory);
    int frame = top - Frame.SIZE;
    memoryWriteLong(frame + Frame.FUNCTION, function, memory);
    boolean copies = always || argc < self.argumentCount || (flags & COPIES_ARGUMENTS) != 0;
    if (copies) {
      copyArguments(self, memory, frame, argc, argv);
    } else {
      memoryWriteInt(frame + Frame.ARGUMENTS, argv, memory);
      memoryWriteShort(frame + Frame.ARGUMENT_COUNT, (short) argc, memory);
    }
    memoryWriteInt(frame + Frame.VARIABLES, frame + self.shape.variables(), memory);
    memoryWriteInt(frame + Frame.VAR_REFS, frame + self.shape.varRefs(), memory);
    memoryWriteInt(frame + Frame.PC, 0, memory);
    memoryWriteShort(frame + Frame.VAR_REF_COUNT, (short) self.varRefCount, memory);
    memoryWriteByte(frame + Frame.STRICT, (byte) (self.strict ? 1 : 0), memory);
    memoryWriteByte(frame + Frame.CONSTRUCTOR, (byte) (flags & CONSTRUCTOR_CALL), memory);
    memoryWriteInt(frame + Frame.STACK_POINTER, 0, memory);
    memoryWriteInt(frame + Frame.COROUTINE, 0, memory);
    for (int i = 0; i < self.varRefCount; i++) {
      memoryWriteInt(frame + self.shape.varRefs() + i * 4, 0, memory);
    }
    for (int captured : self.capturedVariables) {
      memoryWriteLong(frame + self.shape.variables() + captured * 8, Bits.UNDEFINED, memory);
    }
    int running = self.runtime + Runtime.STACK_FRAME;
    memoryWriteInt(frame + Frame.PREVIOUS, memoryReadInt(running, memory), memory);
    memoryWriteInt(running, frame, memory);
    return frame;
  }

  private static void copyArguments(
      Compiled self, FlatMemory memory, int frame, int argc, int argv) {
    int own = frame + self.shape.arguments();
    for (int i = 0; i < self.argumentCount; i++) {
      long value =
          i < argc
              ? References.duplicate(memory, memoryReadLong(argv + i * 8, memory))
              : Bits.UNDEFINED;
      memoryWriteLong(own + i * 8, value, memory);
    }
    memoryWriteInt(frame + Frame.ARGUMENTS, own, memory);
    memoryWriteShort(frame + Frame.ARGUMENT_COUNT, (short) self.argumentCount, memory);
  }

  /** Ends a call; the locals that the JVM holds have been freed. */
  static void leave(Compiled self, FlatMemory memory, int frame) {
    if (self.varRefCount != 0) {
      GuestFunctions.closeVarRefs(self.runtime, frame, memory, self.instance);
    }
    int own = frame + self.shape.arguments();
    if (memoryReadInt(frame + Frame.ARGUMENTS, memory) == own) {
      for (int i = 0; i < self.argumentCount; i++) {
        References.free(self, memory, memoryReadLong(own + i * 8, memory));
      }
    }
    for (int captured : self.capturedVariables) {
      int at = frame + self.shape.variables() + captured * 8;
      References.free(self, memory, memoryReadLong(at, memory));
    }
    int previous = memoryReadInt(frame + Frame.PREVIOUS, memory);
    memoryWriteInt(self.runtime + Runtime.STACK_FRAME, previous, memory);
    FlatAccess.setStackPointer(frame + Frame.SIZE, memory);
  }

  /** Stands at back-edges. */
  static void poll(Compiled self, FlatMemory memory, int site) {
    FlatAccess.poll(memory);
    int at = self.context + Context.INTERRUPT_COUNTER;
    int counter = memoryReadInt(at, memory) - 1;
    if (counter > 0) {
      memoryWriteInt(at, counter, memory);
    } else if (GuestFunctions.poll(self.context, memory, self.instance) != 0) {
      throw self.thrown(site);
    }
  }

  /** Tells backtraces where the function is, before what may make one. */
  static void setPc(Compiled self, FlatMemory memory, int frame, int site) {
    memoryWriteInt(frame + Frame.PC, self.pcBehind(site), memory);
  }

  static long argument(FlatMemory memory, int frame, int index) {
    return memoryReadLong(memoryReadInt(frame + Frame.ARGUMENTS, memory) + index * 8, memory);
  }

  static int functionVarRefs(FlatMemory memory, long function) {
    return memoryReadInt((int) function + Layout.Obj.VAR_REFS, memory);
  }

  static int argumentsOf(FlatMemory memory, int frame) {
    return memoryReadInt(frame + Frame.ARGUMENTS, memory);
  }

  static int argumentCountOf(FlatMemory memory, int frame) {
    return memoryReadShort(frame + Frame.ARGUMENT_COUNT, memory) & 0xffff;
  }
}
