package dev.runnel.quickjs.jit;

import dev.runnel.quickjs.jit.Opcodes.Opcode;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Optional;
import java.util.Set;

/**
 * Emits what each instruction does. An instruction that isn't here leaves compiled code for the
 * rest of the call.
 */
final class Instructions {
  private static final Set<String> COMPILED =
      Set.of(
          ("push_i32 push_i8 push_i16 push_minus1 push_0 push_1 push_2 push_3 push_4 push_5 push_6"
                  + " push_7 push_const push_const8 push_atom_value push_empty_string undefined"
                  + " null push_false push_true push_this object special_object rest fclosure"
                  + " fclosure8 array_from nop drop nip nip1 dup dup1 dup2 dup3 insert2 insert3"
                  + " insert4 perm3 perm4 perm5 swap swap2 rot3l rot3r rot4l rot5l call call0 call1"
                  + " call2 call3 call_method call_constructor tail_call tail_call_method return"
                  + " return_undef throw catch nip_catch gosub ret check_ctor get_loc put_loc"
                  + " set_loc get_loc8 put_loc8 set_loc8 get_loc0 get_loc1 get_loc2 get_loc3"
                  + " put_loc0 put_loc1 put_loc2 put_loc3 set_loc0 set_loc1 set_loc2 set_loc3"
                  + " get_loc0_loc1 get_loc_check put_loc_check put_loc_check_init"
                  + " set_loc_uninitialized close_loc inc_loc dec_loc add_loc get_arg put_arg"
                  + " set_arg get_arg0 get_arg1 get_arg2 get_arg3 put_arg0 put_arg1 put_arg2"
                  + " put_arg3 set_arg0 set_arg1 set_arg2 set_arg3 get_var_ref put_var_ref"
                  + " set_var_ref get_var_ref0 get_var_ref1 get_var_ref2 get_var_ref3 put_var_ref0"
                  + " put_var_ref1 put_var_ref2 put_var_ref3 set_var_ref0 set_var_ref1 set_var_ref2"
                  + " set_var_ref3 get_var_ref_check put_var_ref_check put_var_ref_check_init"
                  + " get_var get_var_undef get_field get_field2 get_length put_field define_field"
                  + " get_array_el get_array_el2 put_array_el to_object to_propkey goto goto8 goto16"
                  + " if_true if_true8 if_false if_false8 lnot is_null is_undefined"
                  + " is_undefined_or_null typeof typeof_is_undefined typeof_is_function instanceof"
                  + " lt lte gt gte eq neq strict_eq strict_neq add sub mul div mod shl sar shr and"
                  + " or xor not neg plus inc dec post_inc post_dec for_of_start for_of_next")
              .split(" "));

  private static final int THIS_FUNCTION = 2;
  private static final int NEW_TARGET = 3;

  private final Bytecode function;
  private final MethodCode method;
  private final OperandStack stack;
  private final Emitter emitter;
  private final Names names;
  private final CodeBuilder code;
  private final VariableCode variables;
  private final CallCode calls;

  Instructions(
      Bytecode function, MethodCode method, OperandStack stack, Emitter emitter, Names names) {
    this.function = function;
    this.method = method;
    this.stack = stack;
    this.emitter = emitter;
    this.names = names;
    this.code = method.code();
    variables = new VariableCode(function, method, stack, emitter);
    calls = new CallCode(function, method, stack, emitter);
  }

  static boolean isCompiled(Opcode opcode) {
    return COMPILED.contains(opcode.name());
  }

  /** Emits the instruction. */
  void emit(int pc) {
    Opcode opcode = function.opcode(pc);
    String name = opcode.name();
    int top = stack.top();
    switch (name) {
      case "nop" -> {}
      case "push_i32", "push_i8", "push_i16" -> stack.push(Bits.ofInt(function.operand(pc)));
      case "undefined" -> stack.push(Bits.UNDEFINED);
      case "null" -> stack.push(Bits.NULL);
      case "push_false" -> stack.push(Bits.FALSE);
      case "push_true" -> stack.push(Bits.TRUE);
      case "push_const", "push_const8" -> stack.push(function.constant(pc));
      case "push_atom_value" -> pushAtom(pc, function.operand(pc));
      case "push_empty_string" -> pushAtom(pc, names.empty());
      case "push_this" -> pushThis(pc);
      case "special_object" -> specialObject(pc);
      case "object" -> {
        method.self().memory();
        emitter.pushSite(pc, 0);
        method.call(Objects.class, "create");
        stack.pushOwned(false);
      }
      case "rest" -> {
        method.self().memory().constant(function.operand(pc));
        code.iload(MethodCode.ARGC).iload(MethodCode.ARGV);
        emitter.pushSite(pc, 0);
        method.call(Objects.class, "rest");
        stack.pushOwned(false);
      }
      case "fclosure", "fclosure8" -> {
        method.self().memory().frame().constant(function.constant(pc));
        code.iload(MethodCode.VAR_REFS);
        emitter.pushSite(pc, 0);
        method.call(Objects.class, "closure");
        stack.pushOwned(false);
      }
      case "array_from" -> calls.arrayFrom(pc);
      case "drop" -> stack.drop();
      case "dup" -> stack.duplicate(top);
      case "dup2" -> {
        stack.duplicate(top - 1);
        stack.duplicate(top);
      }
      case "dup3" -> {
        stack.duplicate(top - 2);
        stack.duplicate(top - 1);
        stack.duplicate(top);
      }
      case "dup1" -> {
        stack.duplicate(top - 1);
        stack.permute(0, 2, 1);
      }
      case "nip" -> {
        stack.permute(1, 0);
        stack.drop();
      }
      case "nip1" -> {
        stack.permute(1, 2, 0);
        stack.drop();
      }
      case "insert2" -> stack.insertUnder(2);
      case "insert3" -> stack.insertUnder(3);
      case "insert4" -> stack.insertUnder(4);
      case "swap" -> stack.permute(1, 0);
      case "swap2" -> stack.permute(2, 3, 0, 1);
      case "perm3" -> stack.permute(1, 0, 2);
      case "perm4" -> stack.permute(2, 0, 1, 3);
      case "perm5" -> stack.permute(3, 0, 1, 2, 4);
      case "rot3l" -> stack.permute(1, 2, 0);
      case "rot3r" -> stack.permute(2, 0, 1);
      case "rot4l" -> stack.permute(1, 2, 3, 0);
      case "rot5l" -> stack.permute(1, 2, 3, 4, 0);
      case "call", "call0", "call1", "call2", "call3" -> calls.call(pc, 1);
      case "call_method" -> calls.call(pc, 2);
      case "call_constructor" -> calls.construct(pc);
      case "tail_call" -> {
        calls.call(pc, 1);
        emitter.leave();
      }
      case "tail_call_method" -> {
        calls.call(pc, 2);
        emitter.leave();
      }
      case "return" -> emitter.leave();
      case "return_undef" -> {
        stack.push(Bits.UNDEFINED);
        emitter.leave();
      }
      case "throw" -> {
        method.self().memory();
        stack.loadToTake(top);
        emitter.pushSite(pc, 1);
        method.call(Objects.class, "throwValue");
        code.athrow();
      }
      case "catch" -> stack.push(Bits.of(Bits.CATCH_OFFSET, function.target(pc)));
      case "nip_catch" -> emitter.dropToCatch(pc);
      case "gosub" -> {
        stack.push(Bits.ofInt(pc + opcode.size()));
        emitter.jump(pc, function.target(pc));
      }
      case "ret" -> emitter.returnFromFinally(pc);
      case "check_ctor" -> {
        method.self();
        code.lload(MethodCode.NEW_TARGET);
        emitter.pushSite(pc, 0);
        method.call(Objects.class, "checkConstructed");
      }
      case "get_loc0_loc1" -> {
        variables.getVariable(Bytecode.index(0, function.variableCount()));
        variables.getVariable(Bytecode.index(1, function.variableCount()));
      }
      case "get_loc_check" -> {
        variables.checkVariable(pc, "check");
        variables.getVariable(function.variable(pc));
      }
      case "put_loc_check" -> {
        variables.checkVariable(pc, "check");
        variables.putVariable(function.variable(pc));
      }
      case "put_loc_check_init" -> {
        variables.checkVariable(pc, "checkUninitialized");
        variables.putVariable(function.variable(pc));
      }
      case "set_loc_uninitialized" -> {
        stack.push(Bits.UNINITIALIZED);
        variables.putVariable(function.variable(pc));
      }
      case "close_loc" -> {
        int varRef = function.varRefOf(function.variable(pc));
        method.self().memory().frame().plus(emitter.shape().varRefs() + varRef * 4);
        method.call(Variables.class, "close");
      }
      case "inc_loc" -> variables.increment(pc, 1);
      case "dec_loc" -> variables.increment(pc, -1);
      case "add_loc" -> variables.addTo(pc);
      case "get_var_ref_check", "put_var_ref_check" -> {
        method.self();
        variables.closureVariable(pc);
        emitter.pushSite(pc, 0);
        method.call(Variables.class, "checkInitialized");
        variables.closureVariable(pc, name.startsWith("get"));
      }
      case "put_var_ref_check_init" -> {
        method.self();
        variables.closureVariable(pc);
        method.call(Objects.class, "at");
        emitter.pushSite(pc, 0);
        method.call(Variables.class, "checkUninitialized");
        variables.closureVariable(pc, false);
      }
      case "get_var", "get_var_undef" -> {
        method.self().memory().frame().constant(function.operand(pc));
        method.constant(name.equals("get_var") ? 1 : 0);
        emitter.pushSite(pc, 0);
        method.call(Variables.class, "global");
        stack.pushOwned(false);
      }
      case "get_field" -> getField(pc, function.operand(pc), "get", 1);
      case "get_field2" -> getField(pc, function.operand(pc), "get", 0);
      case "get_length" -> getField(pc, names.length(), "getLength", 1);
      case "put_field" -> {
        method.self().memory().frame();
        stack.load(top - 1);
        stack.loadToTake(top);
        method.constant(function.operand(pc));
        emitter.pushSite(pc, 1);
        method.call(Properties.class, "put");
        stack.pop();
        stack.drop();
      }
      case "define_field" -> {
        method.self().memory();
        stack.load(top - 1);
        stack.loadToTake(top);
        method.constant(function.operand(pc));
        emitter.pushSite(pc, 1);
        method.call(Properties.class, "define");
        stack.pop();
      }
      case "get_array_el" -> getElement(pc, 2);
      case "get_array_el2" -> getElement(pc, 1);
      case "put_array_el" -> {
        method.self().memory().frame();
        stack.load(top - 2);
        stack.loadToTake(top - 1);
        stack.loadToTake(top);
        emitter.pushSite(pc, 2);
        method.call(Properties.class, "putElement");
        stack.pop();
        stack.pop();
        stack.drop();
      }
      case "to_object" -> convert(pc, "toObject");
      case "to_propkey" -> convert(pc, "toPropertyKey");
      case "goto", "goto8", "goto16" -> emitter.jump(pc, function.target(pc));
      case "if_true", "if_true8", "if_false", "if_false8" -> {
        truth();
        emitter.branch(pc);
      }
      case "lnot" -> {
        truth();
        code.iconst_1().ixor();
        emitter.condition(pc);
      }
      case "is_null" -> isSame(pc, Bits.NULL);
      case "is_undefined" -> isSame(pc, Bits.UNDEFINED);
      case "is_undefined_or_null" -> {
        stack.load(top);
        test(pc, Comparisons.class, "isNullish", 1);
      }
      case "typeof" -> {
        method.self().memory();
        stack.load(top);
        method.call(Comparisons.class, "typeof");
        stack.replace(1, false);
      }
      case "typeof_is_undefined" -> typeofIs(pc, "isUndefined");
      case "typeof_is_function" -> typeofIs(pc, "isFunction");
      case "instanceof" -> {
        method.self().memory().frame();
        stack.load(top - 1);
        stack.load(top);
        emitter.pushSite(pc, 0);
        test(pc, Comparisons.class, "isInstanceOf", 2);
      }
      case "lt", "lte", "gt", "gte" -> compare(pc, name);
      case "eq" -> compare(pc, "looseEq");
      case "neq" -> {
        comparison(pc, "looseEq");
        code.iconst_1().ixor();
        emitter.condition(pc);
      }
      case "strict_eq", "strict_neq" -> strictEq(pc, name.equals("strict_neq"));
      case "add" -> {
        method.self().memory().frame();
        stack.loadToTake(top - 1);
        stack.loadToTake(top);
        method.slotAddress(top - 1);
        emitter.pushSite(pc, 2);
        method.call(Arithmetic.class, "add");
        stack.pop();
        stack.pop();
        stack.pushOwned(false);
      }
      case "sub", "mul", "div", "mod", "shl", "sar", "shr", "and", "or", "xor" -> {
        method.self();
        stack.load(top - 1);
        stack.load(top);
        emitter.pushSite(pc, 0);
        method.call(Arithmetic.class, name);
        numeric(2);
      }
      case "not", "neg", "plus" -> {
        method.self();
        stack.load(top);
        emitter.pushSite(pc, 0);
        method.call(Arithmetic.class, name);
        numeric(1);
      }
      case "inc", "dec" -> {
        incremented(pc, top, name.equals("inc") ? 1 : -1);
        numeric(1);
      }
      case "post_inc", "post_dec" -> {
        // An operand that isn't a number leaves compiled code, so the old value is one too.
        incremented(pc, top, name.equals("post_inc") ? 1 : -1);
        stack.pushOwned(true);
      }
      case "for_of_start" -> calls.iterate(pc);
      case "for_of_next" -> calls.next(pc);
      default -> byOperand(pc, name);
    }
  }

  /** Those whose operand, often part of the name, is all that tells them apart. */
  private void byOperand(int pc, String name) {
    if (name.startsWith("push_")) {
      stack.push(Bits.ofInt(function.operand(pc)));
    } else if (name.startsWith("get_loc")) {
      variables.getVariable(function.variable(pc));
    } else if (name.startsWith("put_loc")) {
      variables.putVariable(function.variable(pc));
    } else if (name.startsWith("set_loc")) {
      stack.keepTop();
      variables.putVariable(function.variable(pc));
    } else if (name.startsWith("get_arg")) {
      variables.getArgument(function.argument(pc));
    } else if (name.startsWith("put_arg")) {
      variables.putArgument(function.argument(pc));
    } else if (name.startsWith("set_arg")) {
      stack.keepTop();
      variables.putArgument(function.argument(pc));
    } else if (name.startsWith("set_var_ref")) {
      stack.keepTop();
      variables.closureVariable(pc, false);
    } else {
      variables.closureVariable(pc, name.startsWith("get"));
    }
  }

  // ---- Values ----

  private void pushAtom(int pc, int atom) {
    Optional<Long> value = names.value(atom);
    if (value.isPresent()) {
      stack.push(value.get());
    } else {
      emitter.exit(pc);
    }
  }

  private void pushThis(int pc) {
    if (function.isStrict()) {
      stack.push(Entry.receiver());
    } else {
      method.self().memory();
      code.lload(MethodCode.RECEIVER);
      emitter.pushSite(pc, 0);
      method.call(Variables.class, "sloppyThis");
      stack.pushOwned(false);
    }
  }

  private void specialObject(int pc) {
    switch (function.operand(pc)) {
      case THIS_FUNCTION -> pushDuplicate(MethodCode.FUNCTION);
      case NEW_TARGET -> pushDuplicate(MethodCode.NEW_TARGET);
      default -> emitter.exit(pc);
    }
  }

  private void pushDuplicate(int local) {
    method.memory();
    code.lload(local);
    method.call(References.class, "duplicate");
    stack.pushOwned(false);
  }

  /** A result that is a number: then the operands were numbers, and nothing is to be freed. */
  private void numeric(int operands) {
    for (int i = 0; i < operands; i++) {
      stack.pop();
    }
    stack.pushOwned(true);
  }

  private void incremented(int pc, int position, int by) {
    method.self();
    stack.load(position);
    method.constant(by);
    emitter.pushSite(pc, 0);
    method.call(Arithmetic.class, "increment");
  }

  private void convert(int pc, String how) {
    method.self().memory().frame();
    stack.load(stack.top());
    emitter.pushSite(pc, 0);
    method.call(Objects.class, how);
    stack.replace(1, false);
  }

  // ---- Properties ----

  private void getField(int pc, int atom, String how, int operands) {
    method.self().memory().frame();
    stack.load(stack.top());
    method.constant(atom);
    emitter.pushSite(pc, 0);
    method.call(Properties.class, how);
    stack.replace(operands, false);
  }

  private void getElement(int pc, int operands) {
    method.self().memory().frame();
    stack.load(stack.top() - 1);
    stack.load(stack.top());
    emitter.pushSite(pc, 0);
    method.call(Properties.class, "getElement");
    stack.replace(operands, false);
  }

  // ---- Comparisons ----

  private void truth() {
    method.self().memory();
    stack.load(stack.top());
    method.call(Comparisons.class, "isTrue");
    stack.dropUnderInt(1);
  }

  private void test(int pc, Class<?> owner, String helper, int operands) {
    method.call(owner, helper);
    stack.dropUnderInt(operands);
    emitter.condition(pc);
  }

  private void typeofIs(int pc, String helper) {
    method.self().memory();
    stack.load(stack.top());
    test(pc, Comparisons.class, helper, 1);
  }

  private void isSame(int pc, long value) {
    Label differs = code.newLabel();
    Label done = code.newLabel();
    stack.load(stack.top());
    method.constant(value);
    code.lcmp().ifne(differs).iconst_1().goto_(done);
    code.labelBinding(differs).iconst_0().labelBinding(done);
    stack.dropUnderInt(1);
    emitter.condition(pc);
  }

  private void compare(int pc, String helper) {
    comparison(pc, helper);
    emitter.condition(pc);
  }

  private void comparison(int pc, String helper) {
    int top = stack.top();
    method.self().memory().frame();
    stack.load(top - 1);
    stack.load(top);
    method.slotAddress(top - 1);
    emitter.pushSite(pc, 0);
    method.call(Comparisons.class, helper);
    stack.dropUnderInt(2);
  }

  private void strictEq(int pc, boolean negated) {
    int top = stack.top();
    method.self().memory();
    stack.load(top - 1);
    stack.load(top);
    method.slotAddress(top - 1);
    method.call(Comparisons.class, "strictEq");
    stack.dropUnderInt(2);
    if (negated) {
      code.iconst_1().ixor();
    }
    emitter.condition(pc);
  }
}
