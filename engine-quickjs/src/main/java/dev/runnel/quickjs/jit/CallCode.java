package dev.runnel.quickjs.jit;

import java.lang.classfile.CodeBuilder;

/** Emits calls, and the rounds of iterations. */
final class CallCode {
  private final Bytecode function;
  private final MethodCode method;
  private final OperandStack stack;
  private final Emitter emitter;
  private final CodeBuilder code;

  CallCode(Bytecode function, MethodCode method, OperandStack stack, Emitter emitter) {
    this.function = function;
    this.method = method;
    this.stack = stack;
    this.emitter = emitter;
    this.code = method.code();
  }

  /**
   * @param below how many values there are below the arguments: function, or receiver and function
   */
  void call(int pc, int below) {
    int count = function.operand(pc);
    int first = stack.depth() - count;
    stack.moveToMemory(count);
    method.self().memory().frame();
    stack.load(first - 1);
    if (below == 2) {
      stack.load(first - 2);
    } else {
      method.constant(Bits.UNDEFINED);
    }
    method.constant(count).slotAddress(first);
    emitter.pushSite(pc, 0);
    method.call(Calls.class, "call");
    finishCall(count, below);
  }

  void construct(int pc) {
    int count = function.operand(pc);
    int first = stack.depth() - count;
    stack.moveToMemory(count);
    method.self().memory().frame();
    stack.load(first - 2);
    stack.load(first - 1);
    method.constant(count).slotAddress(first);
    emitter.pushSite(pc, 0);
    method.call(Calls.class, "construct");
    finishCall(count, 2);
  }

  private void finishCall(int count, int below) {
    for (int i = 0; i < count; i++) {
      stack.pop();
    }
    stack.replace(below, false);
  }

  void arrayFrom(int pc) {
    int count = function.operand(pc);
    int first = stack.depth() - count;
    stack.moveToMemory(count);
    method.self().memory().constant(count).slotAddress(first);
    emitter.pushSite(pc, count);
    method.call(Objects.class, "arrayFrom");
    for (int i = 0; i < count; i++) {
      stack.pop();
    }
    stack.pushOwned(false);
  }

  // ---- Iteration ----

  void iterate(int pc) {
    int top = stack.top();
    method.self().memory().frame();
    stack.loadToTake(top);
    stack.set(top, Entry.memory(top));
    method.slotAddress(top);
    emitter.pushSite(pc, 0);
    method.call(Objects.class, "iterate");
    stack.pop();
    method.memory().slotAddress(top).call(Objects.class, "at");
    stack.pushOwned(false);
    method.memory().slotAddress(top + 1).call(Objects.class, "at");
    stack.pushOwned(false);
    stack.push(Bits.of(Bits.CATCH_OFFSET, 0));
  }

  void next(int pc) {
    int iterator = stack.depth() - 3 - function.operand(pc);
    Bytecode.refuseIf(iterator < 0, "an iterator that isn't there");
    stack.own(iterator);
    int done = stack.depth();
    method.self().memory().frame();
    stack.load(iterator);
    stack.load(iterator + 1);
    method.slotAddress(done + 1);
    method.constant(emitter.newSite(pc, 1L << iterator));
    method.call(Objects.class, "next");
    stack.pushOwned(false);
    method.self().memory();
    code.lload(method.slotLocal(iterator));
    method.slotAddress(done + 1).call(Objects.class, "remaining");
    code.lstore(method.slotLocal(iterator));
    method.memory().slotAddress(done + 1).call(Objects.class, "isOver");
    emitter.condition(pc);
  }
}
