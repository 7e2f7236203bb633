package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryWriteByte;
import static dev.runnel.wasm.FlatAccess.memoryWriteInt;
import static dev.runnel.wasm.FlatAccess.memoryWriteLong;

import dev.runnel.quickjs.jit.Layout.Context;
import dev.runnel.quickjs.jit.Layout.Frame;
import dev.runnel.quickjs.jit.Layout.Runtime;
import dev.runnel.wasm.FlatAccess;
import dev.runnel.wasm.FlatMemory;
import java.util.List;

/**
 * Hands a call over to the interpreter, which goes on with it in the very frame and ends it. That
 * is how compiled code does all that it can't do itself, exceptions included: the interpreter makes
 * the backtrace, closes iterators and goes on behind the catch, or unwinds the frame.
 */
final class Exits {
  private static final int RESUME = 4;

  private Exits() {}

  static GuestExit again(Compiled self, int site) {
    return self.again(site);
  }

  /** Puts a local that the JVM held into the frame. */
  static void spill(FlatMemory memory, long value, int address) {
    memoryWriteLong(address, value, memory);
  }

  /**
   * @param slots the operand stack's JVM locals
   * @return what the call returns
   */
  static long resume(
      Compiled self,
      FlatMemory memory,
      GuestExit exit,
      int frame,
      long[] slots,
      int caller,
      long receiver,
      long newTarget,
      int argc,
      int argv) {
    Site site = self.sites.get(exit.site());
    boolean thrown = exit.isThrown();
    ownArguments(self, memory, frame);
    List<Entry> stack = site.stack();
    for (int position = 0; position < stack.size(); position++) {
      if (thrown && site.isConsumed(position)) {
        memoryWriteLong(frame + self.shape.slot(position), Bits.UNDEFINED, memory);
      } else {
        rebuild(self, memory, frame, stack.get(position), position, slots, receiver);
      }
    }
    if (!thrown) {
      self.countExit();
    }
    memoryWriteByte(frame + Frame.STATE_THROWS, (byte) (thrown ? 1 : 0), memory);
    memoryWriteInt(frame + Frame.STACK_POINTER, frame + self.shape.slot(stack.size()), memory);
    int pc = self.code + (thrown ? site.next() : site.pc());
    memoryWriteInt(frame + Frame.PC, pc, memory);
    keepFromPolling(memory, caller);
    int running = self.runtime + Runtime.STACK_FRAME;
    memoryWriteInt(running, memoryReadInt(frame + Frame.PREVIOUS, memory), memory);
    long state = Bits.of(Bits.INT, frame - Frame.STATE_BYTES);
    long result =
        GuestFunctions.callInternal(
            caller, state, receiver, newTarget, argc, argv, RESUME, memory, self.instance);
    FlatAccess.setStackPointer(frame + Frame.SIZE, memory);
    return result;
  }

  /** The interpreter frees the arguments with the rest, so the frame must own them. */
  private static void ownArguments(Compiled self, FlatMemory memory, int frame) {
    int own = frame + self.shape.arguments();
    int lent = Frames.argumentsOf(memory, frame);
    if (lent == own) {
      return;
    }
    for (int i = 0; i < self.argumentCount; i++) {
      long value = memoryReadLong(lent + i * 8, memory);
      memoryWriteLong(own + i * 8, References.duplicate(memory, value), memory);
    }
    memoryWriteInt(frame + Frame.ARGUMENTS, own, memory);
  }

  private static void rebuild(
      Compiled self,
      FlatMemory memory,
      int frame,
      Entry entry,
      int position,
      long[] slots,
      long receiver) {
    long value =
        switch (entry.kind()) {
          case OWNED, ALIAS -> slots[entry.index()];
          case LOCAL -> memoryReadLong(frame + self.shape.variables() + entry.index() * 8, memory);
          case ARGUMENT -> Frames.argument(memory, frame, entry.index());
          case THIS -> receiver;
          case CONSTANT -> entry.value();
          case MEMORY -> memoryReadLong(frame + self.shape.slot(position), memory);
        };
    boolean handedOver = entry.isOwned() || entry.kind() == Entry.Kind.MEMORY;
    memoryWriteLong(
        frame + self.shape.slot(position),
        handedOver ? value : References.duplicate(memory, value),
        memory);
  }

  /** A poll that ends the guest, before the interpreter has the frame, would leave it behind. */
  private static void keepFromPolling(FlatMemory memory, int caller) {
    int at = caller + Context.INTERRUPT_COUNTER;
    if (memoryReadInt(at, memory) < 2) {
      memoryWriteInt(at, 2, memory);
    }
  }
}
