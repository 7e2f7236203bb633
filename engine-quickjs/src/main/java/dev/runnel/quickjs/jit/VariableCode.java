package dev.runnel.quickjs.jit;

import dev.runnel.quickjs.jit.Entry.Kind;
import java.lang.classfile.CodeBuilder;

/** Emits what gets, puts and checks variables and arguments. */
final class VariableCode {
  private final Bytecode function;
  private final MethodCode method;
  private final OperandStack stack;
  private final Emitter emitter;
  private final CodeBuilder code;

  VariableCode(Bytecode function, MethodCode method, OperandStack stack, Emitter emitter) {
    this.function = function;
    this.method = method;
    this.stack = stack;
    this.emitter = emitter;
    this.code = method.code();
  }

  void getVariable(int index) {
    if (method.isVariableLocal(index)) {
      stack.push(Entry.local(index));
    } else {
      method.memory().variableAddress(index).call(Variables.class, "get");
      stack.pushOwned(false);
    }
  }

  void putVariable(int index) {
    if (!method.isVariableLocal(index)) {
      method.self().memory();
      stack.loadToTake(stack.top());
      method.variableAddress(index).call(Variables.class, "put");
      stack.pop();
      return;
    }
    Entry top = stack.pop();
    stack.ownThoseOf(Kind.LOCAL, index);
    stack.push(top);
    stack.loadToTake(stack.top());
    method.self().memory();
    code.lload(method.variableLocal(index));
    method.call(References.class, "free");
    code.lstore(method.variableLocal(index));
    stack.pop();
  }

  void checkVariable(int pc, String check) {
    int index = function.variable(pc);
    method.self();
    if (method.isVariableLocal(index)) {
      code.lload(method.variableLocal(index));
    } else {
      method.memory().variableAddress(index).call(Objects.class, "at");
    }
    emitter.pushSite(pc, 0);
    method.call(Variables.class, check);
  }

  void increment(int pc, int by) {
    int index = function.variable(pc);
    if (!method.isVariableLocal(index)) {
      method.self();
      method.memory().variableAddress(index).call(Objects.class, "at");
      method.constant(by);
      emitter.pushSite(pc, 0);
      method.call(Arithmetic.class, "increment");
      code.lstore(MethodCode.SCRATCH);
      method.memory();
      code.lload(MethodCode.SCRATCH);
      method.variableAddress(index).call(References.class, "store");
      return;
    }
    stack.ownThoseOf(Kind.LOCAL, index);
    method.self();
    code.lload(method.variableLocal(index));
    method.constant(by);
    emitter.pushSite(pc, 0);
    method.call(Arithmetic.class, "increment");
    code.lstore(method.variableLocal(index));
  }

  /** The operand goes on top of the variable's value, as if both were on the stack. */
  void addTo(int pc) {
    int index = function.variable(pc);
    int top = stack.top();
    method.self().memory().frame();
    if (method.isVariableLocal(index)) {
      method.memory();
      code.lload(method.variableLocal(index));
      method.call(References.class, "duplicate");
    } else {
      method.memory().variableAddress(index).call(Variables.class, "get");
    }
    stack.loadToTake(top);
    method.slotAddress(top);
    emitter.pushSite(pc, 1);
    method.call(Arithmetic.class, "add");
    stack.pop();
    stack.pushOwned(false);
    putVariable(index);
  }

  void getArgument(int index) {
    if (method.isArgumentLocal(index)) {
      stack.push(Entry.argument(index));
    } else {
      method.memory().argumentAddress(index).call(Variables.class, "get");
      stack.pushOwned(false);
    }
  }

  void putArgument(int index) {
    Entry top = stack.pop();
    stack.ownThoseOf(Kind.ARGUMENT, index);
    stack.push(top);
    stack.loadToTake(stack.top());
    stack.pop();
    code.lstore(MethodCode.SCRATCH);
    method.self().memory();
    code.lload(MethodCode.SCRATCH);
    method.argumentAddress(index).call(Variables.class, "put");
    if (method.isArgumentLocal(index)) {
      code.lload(MethodCode.SCRATCH).lstore(method.argumentLocal(index));
    }
  }

  /** Pushes the memory, and the address of the value. */
  void closureVariable(int pc) {
    method.memory().memory();
    code.iload(MethodCode.VAR_REFS);
    method.constant(function.closureVariable(pc)).call(Variables.class, "closed");
  }

  void closureVariable(int pc, boolean get) {
    if (get) {
      closureVariable(pc);
      method.call(Variables.class, "get");
      stack.pushOwned(false);
    } else {
      method.self().memory();
      stack.loadToTake(stack.top());
      code.iload(MethodCode.VAR_REFS);
      method.constant(function.closureVariable(pc)).call(Variables.class, "putClosed");
      stack.pop();
    }
  }
}
