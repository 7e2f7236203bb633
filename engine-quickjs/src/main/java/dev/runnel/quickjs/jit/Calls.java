package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;

import dev.runnel.quickjs.jit.Layout.Obj;
import dev.runnel.wasm.FlatMemory;
import org.jspecify.annotations.Nullable;

/**
 * Calls, from compiled code. The arguments lie on the frame's stack in memory and are its own; the
 * callee may put others in their place. Function and receiver are borrowed.
 */
final class Calls {
  private Calls() {}

  static long call(
      Compiled self,
      FlatMemory memory,
      int frame,
      long function,
      long receiver,
      int argc,
      int argv,
      int site) {
    Frames.setPc(self, memory, frame, site);
    Compiled callee = compiled(self, memory, function);
    long result =
        callee == null
            ? interpret(self, memory, function, receiver, argc, argv)
            : callee.call(memory, self.context, function, receiver, Bits.UNDEFINED, argc, argv, 0);
    if (result == Jit.DECLINED) {
      result = interpret(self, memory, function, receiver, argc, argv);
    }
    return finish(self, memory, result, argc, argv, site);
  }

  private static @Nullable Compiled compiled(Compiled self, FlatMemory memory, long function) {
    if (Bits.tag(function) != Bits.OBJECT) {
      return null;
    }
    int object = (int) function;
    if ((memoryReadShort(object + Obj.CLASS, memory) & 0xffff) != Obj.CLASS_FUNCTION) {
      return null;
    }
    return self.jit.compiled(memory, memoryReadInt(object + Obj.BYTECODE, memory));
  }

  private static long interpret(
      Compiled self, FlatMemory memory, long function, long receiver, int argc, int argv) {
    return GuestFunctions.callInternal(
        self.context, function, receiver, Bits.UNDEFINED, argc, argv, 0, memory, self.instance);
  }

  static long construct(
      Compiled self,
      FlatMemory memory,
      int frame,
      long function,
      long newTarget,
      int argc,
      int argv,
      int site) {
    Frames.setPc(self, memory, frame, site);
    long result =
        GuestFunctions.construct(
            self.context, function, newTarget, argc, argv, memory, self.instance);
    return finish(self, memory, result, argc, argv, site);
  }

  /** After an exception the interpreter frees the arguments. */
  private static long finish(
      Compiled self, FlatMemory memory, long result, int argc, int argv, int site) {
    Properties.checked(self, result, site);
    for (int i = 0; i < argc; i++) {
      References.free(self, memory, memoryReadLong(argv + i * 8, memory));
    }
    return result;
  }
}
