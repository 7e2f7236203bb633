package dev.runnel.quickjs.jit;

import dev.runnel.quickjs.jit.Opcodes.Opcode;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Emits the method of one function: the frame's making and end, labels, and the way out to the
 * interpreter. {@link Instructions} emits what is between.
 */
final class Emitter {
  private static final ClassDesc EXIT_CLASS = ClassDesc.of(GuestExit.class.getName());

  private final Bytecode function;
  private final Flow flow;
  private final FrameShape shape;
  private final MethodCode method;
  private final OperandStack stack;
  private final Instructions instructions;
  private final CodeBuilder code;
  private final List<Site> sites = new ArrayList<>();
  private final Map<Integer, Label> labels = new HashMap<>();
  private final Label end;
  private int last;
  private boolean isLive = true;

  Emitter(Bytecode function, Flow flow, FrameShape shape, Names names, CodeBuilder code) {
    this.function = function;
    this.flow = flow;
    this.shape = shape;
    this.code = code;
    method = new MethodCode(code, function, shape);
    stack = new OperandStack(method);
    instructions = new Instructions(function, method, stack, this, names);
    end = code.newLabel();
  }

  FrameShape shape() {
    return shape;
  }

  List<Site> sites() {
    return sites;
  }

  // ---- The method ----

  void emit() {
    begin();
    Label first = code.newBoundLabel();
    int pc = 0;
    while (pc < function.length()) {
      last = pc;
      if (flow.isReached(pc)) {
        at(pc);
      } else {
        isLive = false;
      }
      pc = last + function.opcode(last).size();
    }
    Label behind = code.newBoundLabel();
    finish();
    handOver(first, behind);
  }

  private void begin() {
    boolean copies = flow.writesArguments() || function.hasCapturedArguments();
    Label entered = code.newLabel();
    method.self().memory();
    code.iload(MethodCode.CALLER).lload(MethodCode.FUNCTION);
    code.iload(MethodCode.ARGC).iload(MethodCode.ARGV).iload(MethodCode.FLAGS);
    method.constant(copies ? 1 : 0).call(Frames.class, "enter");
    code.dup().istore(MethodCode.FRAME).ifne(entered);
    method.constant(Jit.DECLINED);
    code.lreturn().labelBinding(entered);
    method.memory();
    code.lload(MethodCode.FUNCTION);
    method.call(Frames.class, "functionVarRefs");
    code.istore(MethodCode.VAR_REFS);
    for (int i = 0; i < function.argumentCount(); i++) {
      if (method.isArgumentLocal(i)) {
        method.memory().frame().constant(i).call(Frames.class, "argument");
        code.lstore(method.argumentLocal(i));
      }
    }
    for (int i = 0; i < function.variableCount(); i++) {
      if (method.isVariableLocal(i)) {
        method.constant(Bits.UNDEFINED);
        code.lstore(method.variableLocal(i));
      }
    }
    for (int i = 0; i < function.stackSize(); i++) {
      code.lconst_0().lstore(method.slotLocal(i));
    }
  }

  private void at(int pc) {
    if (flow.isTarget(pc)) {
      if (isLive) {
        stack.ownAll();
      }
      code.labelBinding(label(pc));
      stack.restart(flow, pc);
      isLive = true;
    }
    Opcode opcode = function.opcode(pc);
    if (!isLive) {
      return;
    }
    Bytecode.refuseIf(stack.depth() != flow.depth(pc), "its flow");
    if (Instructions.isCompiled(opcode)) {
      instructions.emit(pc);
      isLive &= !Flow.ends(function.opcode(last));
    } else {
      exit(pc);
    }
  }

  private Label label(int pc) {
    return labels.computeIfAbsent(pc, _ -> code.newLabel());
  }

  /** The call's result is on the JVM's stack, in a local. */
  private void finish() {
    code.labelBinding(end);
    for (int i = 0; i < function.variableCount(); i++) {
      if (method.isVariableLocal(i)) {
        method.self().memory();
        code.lload(method.variableLocal(i));
        method.call(References.class, "free");
      }
    }
    method.self().memory().frame().call(Frames.class, "leave");
    code.lload(MethodCode.RESULT).lreturn();
  }

  /** Where helpers' exits arrive. */
  private void handOver(Label first, Label behind) {
    Label handler = code.newBoundLabel();
    code.astore(MethodCode.EXIT);
    for (int i = 0; i < function.variableCount(); i++) {
      if (method.isVariableLocal(i)) {
        method.memory();
        code.lload(method.variableLocal(i));
        method.variableAddress(i).call(Exits.class, "spill");
      }
    }
    method.self().memory();
    code.aload(MethodCode.EXIT);
    method.frame().constant(function.stackSize());
    code.newarray(TypeKind.LONG);
    for (int i = 0; i < function.stackSize(); i++) {
      code.dup();
      method.constant(i);
      code.lload(method.slotLocal(i)).lastore();
    }
    code.iload(MethodCode.CALLER).lload(MethodCode.RECEIVER).lload(MethodCode.NEW_TARGET);
    code.iload(MethodCode.ARGC).iload(MethodCode.ARGV);
    method.call(Exits.class, "resume");
    code.lreturn();
    code.exceptionCatch(first, behind, handler, EXIT_CLASS);
  }

  // ---- What instructions need ----

  /**
   * @param consumed bits of the positions whose values are gone if the instruction throws
   */
  int newSite(int pc, long consumed) {
    sites.add(new Site(pc, pc + function.opcode(pc).size(), stack.entries(), consumed));
    return sites.size() - 1;
  }

  /**
   * Pushes the number of a new site.
   *
   * @param consumed how many of the topmost values are gone if the instruction throws
   */
  void pushSite(int pc, int consumed) {
    long positions = (1L << stack.depth()) - (1L << stack.depth() - consumed);
    method.constant(newSite(pc, positions));
  }

  /** Leaves compiled code before the instruction. */
  void exit(int pc) {
    method.self().constant(newSite(pc, 0)).call(Exits.class, "again");
    code.athrow();
    isLive = false;
  }

  /** Returns the top. */
  void leave() {
    stack.loadToTake(stack.top());
    code.lstore(MethodCode.RESULT);
    stack.pop();
    while (stack.depth() > 0) {
      stack.drop();
    }
    code.goto_(end);
    isLive = false;
  }

  void jump(int pc, int target) {
    stack.ownAll();
    if (target <= pc) {
      poll(pc);
    }
    code.goto_(label(target));
  }

  private void poll(int pc) {
    method.self().memory().constant(newSite(pc, 0)).call(Frames.class, "poll");
  }

  /**
   * A condition is on the JVM's stack: branches on it, if that is what comes next, or pushes it.
   */
  void condition(int pc) {
    int next = pc + function.opcode(pc).size();
    if (next < function.length() && flow.isReached(next) && !flow.isTarget(next)) {
      Opcode opcode = function.opcode(next);
      if (opcode.name().startsWith("if_")) {
        last = next;
        branch(next);
        return;
      }
    }
    code.i2l();
    method.constant(Bits.FALSE);
    code.lor();
    stack.pushOwned(true);
  }

  void branch(int pc) {
    if (!stack.isSettled()) {
      code.istore(MethodCode.SCRATCH_INT);
      stack.ownAll();
      code.iload(MethodCode.SCRATCH_INT);
    }
    int target = function.target(pc);
    boolean whenTrue = function.opcode(pc).name().startsWith("if_true");
    if (target > pc) {
      Label label = label(target);
      if (whenTrue) {
        code.ifne(label);
      } else {
        code.ifeq(label);
      }
      return;
    }
    Label stay = code.newLabel();
    if (whenTrue) {
      code.ifeq(stay);
    } else {
      code.ifne(stay);
    }
    poll(pc);
    code.goto_(label(target)).labelBinding(stay);
  }

  /** Drops all between the top and the catch offset, and that. */
  void dropToCatch(int pc) {
    int top = stack.top();
    int caught = top - 1;
    while (caught >= 0 && !flow.isCatch(pc, caught)) {
      caught--;
    }
    Bytecode.refuseIf(caught < 0, "a catch that isn't there");
    stack.loadToTake(top);
    stack.pop();
    code.lstore(MethodCode.SCRATCH);
    while (stack.depth() > caught) {
      stack.drop();
    }
    code.lload(MethodCode.SCRATCH);
    stack.pushOwned(false);
  }

  /** The end of a finally block goes back to where it was called, which is on the stack. */
  void returnFromFinally(int pc) {
    stack.ownAll();
    code.lload(method.slotLocal(stack.top())).lstore(MethodCode.SCRATCH);
    int site = newSite(pc, 0);
    stack.pop();
    flow.returns().stream()
        .forEach(
            target -> {
              code.lload(MethodCode.SCRATCH);
              method.constant((long) target);
              code.lcmp().ifeq(label(target));
            });
    method.self().constant(site).call(Exits.class, "again");
    code.athrow();
  }
}
