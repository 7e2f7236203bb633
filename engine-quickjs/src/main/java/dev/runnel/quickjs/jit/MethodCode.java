package dev.runnel.quickjs.jit;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The method that is being emitted: its locals, and calls of helpers. */
final class MethodCode {
  static final int SELF = 0;
  static final int MEMORY = 1;
  static final int CALLER = 2;
  static final int FUNCTION = 3;
  static final int RECEIVER = 5;
  static final int NEW_TARGET = 7;
  static final int ARGC = 9;
  static final int ARGV = 10;
  static final int FLAGS = 11;
  static final int FRAME = 12;
  static final int VAR_REFS = 13;
  static final int SCRATCH = 14;
  static final int SCRATCH_INT = 16;
  static final int RESULT = 17;
  static final int EXIT = 19;
  private static final int FIRST = 20;

  private static final List<Class<?>> OWNERS =
      List.of(
          Arithmetic.class,
          Calls.class,
          Comparisons.class,
          Exits.class,
          Frames.class,
          Objects.class,
          Properties.class,
          References.class,
          Variables.class);
  private static final Map<String, MethodTypeDesc> HELPERS = new HashMap<>();

  static {
    for (Class<?> owner : OWNERS) {
      for (Method method : owner.getDeclaredMethods()) {
        if (Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()) {
          MethodType type =
              MethodType.methodType(method.getReturnType(), method.getParameterTypes());
          HELPERS.put(key(owner, method.getName()), type.describeConstable().orElseThrow());
        }
      }
    }
  }

  private final CodeBuilder code;
  private final Bytecode function;
  private final FrameShape shape;

  MethodCode(CodeBuilder code, Bytecode function, FrameShape shape) {
    this.code = code;
    this.function = function;
    this.shape = shape;
  }

  private static String key(Class<?> owner, String method) {
    return owner.getSimpleName() + "." + method;
  }

  CodeBuilder code() {
    return code;
  }

  int argumentLocal(int index) {
    return FIRST + index * 2;
  }

  int variableLocal(int index) {
    return FIRST + (function.argumentCount() + index) * 2;
  }

  int slotLocal(int position) {
    return FIRST + (function.argumentCount() + function.variableCount() + position) * 2;
  }

  /** Whether arguments and variables live in JVM locals, not in the frame in memory. */
  boolean isArgumentLocal(int index) {
    return !function.isArgumentCaptured(index);
  }

  boolean isVariableLocal(int index) {
    return !function.isVariableCaptured(index);
  }

  /** Calls a helper, whose arguments have been pushed. */
  MethodCode call(Class<?> owner, String method) {
    MethodTypeDesc type = HELPERS.get(key(owner, method));
    if (type == null) {
      throw new IllegalStateException(key(owner, method));
    }
    code.invokestatic(ClassDesc.of(owner.getName()), method, type);
    return this;
  }

  MethodCode self() {
    code.aload(SELF);
    return this;
  }

  MethodCode memory() {
    code.aload(MEMORY);
    return this;
  }

  MethodCode frame() {
    code.iload(FRAME);
    return this;
  }

  MethodCode constant(int value) {
    code.loadConstant(value);
    return this;
  }

  MethodCode constant(long value) {
    code.loadConstant(value);
    return this;
  }

  /** The address of a variable in the frame. */
  MethodCode variableAddress(int index) {
    return frame().plus(shape.variables() + index * 8);
  }

  /** The address of an argument, wherever the arguments are. */
  MethodCode argumentAddress(int index) {
    return memory().frame().call(Frames.class, "argumentsOf").plus(index * 8);
  }

  MethodCode slotAddress(int position) {
    return frame().plus(shape.slot(position));
  }

  MethodCode plus(int offset) {
    code.loadConstant(offset).iadd();
    return this;
  }
}
