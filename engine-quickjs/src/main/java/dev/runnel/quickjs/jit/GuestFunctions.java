package dev.runnel.quickjs.jit;

import dev.runnel.wasm.FlatMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Properties;
import run.endive.runtime.Instance;

/**
 * QuickJS's own functions that compiled code calls, by the names they have in C. The build found
 * their indexes in the module ({@code build.JitFunctions}); a function of the module is a static
 * method of a class that is generated after this one is compiled, so it is called by its handle.
 *
 * <p>Ownership is C's: a value that a function "takes" is its own to free, also when it fails.
 */
final class GuestFunctions {
  /** What the build found; empty when it found the engine not to be as the compiler expects. */
  static final String FILE = "functions.properties";

  /** The class whose static methods are the module's functions. */
  private static final String CLASS = "dev.runnel.quickjs.translated.QuickJsWasmFuncGroup_0";

  private static final Properties INDEXES = read();
  private static final MethodHandle CALL_INTERNAL =
      handle("JS_CallInternal", long.class, "illliii");
  private static final MethodHandle CALL_CONSTRUCTOR =
      handle("JS_CallConstructor2", long.class, "illii");
  private static final MethodHandle FREE_VALUE = handle("JS_FreeValueRT", void.class, "il");
  private static final MethodHandle POLL = handle("js_poll_interrupts", int.class, "i");
  private static final MethodHandle CLOSE_VAR_REFS = handle("close_var_refs", void.class, "ii");
  private static final MethodHandle CLOSE_VAR_REF = handle("close_var_ref", void.class, "ii");
  private static final MethodHandle CLOSURE = handle("js_closure", long.class, "ilii");
  private static final MethodHandle GET_PROPERTY =
      handle("JS_GetPropertyInternal", long.class, "ilili");
  private static final MethodHandle GET_ELEMENT = handle("JS_GetPropertyValue", long.class, "ill");
  private static final MethodHandle SET_PROPERTY =
      handle("JS_SetPropertyInternal2", int.class, "ililli");
  private static final MethodHandle SET_ELEMENT = handle("JS_SetPropertyValue", int.class, "illli");
  private static final MethodHandle DEFINE_PROPERTY =
      handle("JS_DefinePropertyValue", int.class, "ilili");
  private static final MethodHandle ADD = handle("js_add_slow", int.class, "ii");
  private static final MethodHandle RELATIONAL = handle("js_relational_slow", int.class, "iii");
  private static final MethodHandle EQ = handle("js_eq_slow", int.class, "iii");
  private static final MethodHandle STRICT_EQ = handle("js_strict_eq_slow", void.class, "iii");
  private static final MethodHandle TYPEOF = handle("js_operator_typeof", int.class, "il");
  private static final MethodHandle ATOM_TO_STRING = handle("JS_AtomToString", long.class, "ii");
  private static final MethodHandle ATOM_TO_VALUE = handle("JS_AtomToValue", long.class, "ii");
  private static final MethodHandle TO_BOOL = handle("JS_ToBool", int.class, "il");
  private static final MethodHandle TO_OBJECT = handle("JS_ToObject", long.class, "il");
  private static final MethodHandle TO_PROPERTY_KEY = handle("JS_ToPropertyKey", long.class, "il");
  private static final MethodHandle IS_INSTANCE_OF = handle("JS_IsInstanceOf", int.class, "ill");
  private static final MethodHandle NEW_OBJECT = handle("JS_NewObject", long.class, "i");
  private static final MethodHandle NEW_ARRAY_FROM = handle("JS_NewArrayFrom", long.class, "iii");
  private static final MethodHandle CREATE_ARRAY = handle("js_create_array", long.class, "iii");
  private static final MethodHandle THROW = handle("JS_Throw", long.class, "il");
  private static final MethodHandle FOR_OF_START = handle("js_for_of_start", int.class, "iii");
  private static final MethodHandle ITERATOR_NEXT = handle("JS_IteratorNext", long.class, "illiii");

  private GuestFunctions() {}

  /** Whether the build let the compiler be used with this engine. */
  static boolean isComplete() {
    return !INDEXES.isEmpty();
  }

  static long callInternal(
      int context,
      long function,
      long receiver,
      long newTarget,
      int argc,
      int argv,
      int flags,
      FlatMemory memory,
      Instance instance) {
    try {
      return (long)
          CALL_INTERNAL.invokeExact(
              context, function, receiver, newTarget, argc, argv, flags, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static long construct(
      int context,
      long function,
      long newTarget,
      int argc,
      int argv,
      FlatMemory memory,
      Instance instance) {
    try {
      return (long)
          CALL_CONSTRUCTOR.invokeExact(context, function, newTarget, argc, argv, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the value. */
  static void free(int runtime, long value, FlatMemory memory, Instance instance) {
    try {
      FREE_VALUE.invokeExact(runtime, value, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static int poll(int context, FlatMemory memory, Instance instance) {
    try {
      return (int) POLL.invokeExact(context, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static void closeVarRefs(int runtime, int frame, FlatMemory memory, Instance instance) {
    try {
      CLOSE_VAR_REFS.invokeExact(runtime, frame, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static void closeVarRef(int runtime, int varRef, FlatMemory memory, Instance instance) {
    try {
      CLOSE_VAR_REF.invokeExact(runtime, varRef, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the bytecode. */
  static long closure(
      int context, long bytecode, int varRefs, int frame, FlatMemory memory, Instance instance) {
    try {
      return (long) CLOSURE.invokeExact(context, bytecode, varRefs, frame, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static long getProperty(
      int context,
      long object,
      int atom,
      long receiver,
      int mustBe,
      FlatMemory memory,
      Instance instance) {
    try {
      return (long)
          GET_PROPERTY.invokeExact(context, object, atom, receiver, mustBe, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the key. */
  static long getElement(int context, long object, long key, FlatMemory memory, Instance instance) {
    try {
      return (long) GET_ELEMENT.invokeExact(context, object, key, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the value. */
  static int setProperty(
      int context,
      long object,
      int atom,
      long value,
      int flags,
      FlatMemory memory,
      Instance instance) {
    try {
      return (int)
          SET_PROPERTY.invokeExact(context, object, atom, value, object, flags, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes key and value. */
  static int setElement(
      int context,
      long object,
      long key,
      long value,
      int flags,
      FlatMemory memory,
      Instance instance) {
    try {
      return (int) SET_ELEMENT.invokeExact(context, object, key, value, flags, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the value. */
  static int defineProperty(
      int context,
      long object,
      int atom,
      long value,
      int flags,
      FlatMemory memory,
      Instance instance) {
    try {
      return (int)
          DEFINE_PROPERTY.invokeExact(context, object, atom, value, flags, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the two values below the address; their sum comes in place of the lower one. */
  static int add(int context, int above, FlatMemory memory, Instance instance) {
    try {
      return (int) ADD.invokeExact(context, above, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** As {@link #add}. */
  static int compare(int context, int above, int opcode, FlatMemory memory, Instance instance) {
    try {
      return (int) RELATIONAL.invokeExact(context, above, opcode, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** As {@link #add}. */
  static int looseEq(int context, int above, FlatMemory memory, Instance instance) {
    try {
      return (int) EQ.invokeExact(context, above, 0, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** As {@link #add}, and never fails. */
  static void strictEq(int context, int above, FlatMemory memory, Instance instance) {
    try {
      STRICT_EQ.invokeExact(context, above, 0, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static int typeofAtom(int context, long value, FlatMemory memory, Instance instance) {
    try {
      return (int) TYPEOF.invokeExact(context, value, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static long atomToString(int context, int atom, FlatMemory memory, Instance instance) {
    try {
      return (long) ATOM_TO_STRING.invokeExact(context, atom, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static long atomToValue(int context, int atom, FlatMemory memory, Instance instance) {
    try {
      return (long) ATOM_TO_VALUE.invokeExact(context, atom, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static boolean toBoolean(int context, long value, FlatMemory memory, Instance instance) {
    try {
      return (int) TO_BOOL.invokeExact(context, value, memory, instance) != 0;
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static long toObject(int context, long value, FlatMemory memory, Instance instance) {
    try {
      return (long) TO_OBJECT.invokeExact(context, value, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static long toPropertyKey(int context, long value, FlatMemory memory, Instance instance) {
    try {
      return (long) TO_PROPERTY_KEY.invokeExact(context, value, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static int isInstanceOf(
      int context, long value, long type, FlatMemory memory, Instance instance) {
    try {
      return (int) IS_INSTANCE_OF.invokeExact(context, value, type, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static long newObject(int context, FlatMemory memory, Instance instance) {
    try {
      return (long) NEW_OBJECT.invokeExact(context, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the values at that address. */
  static long newArrayFrom(
      int context, int count, int values, FlatMemory memory, Instance instance) {
    try {
      return (long) NEW_ARRAY_FROM.invokeExact(context, count, values, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Copies the values at that address. */
  static long createArray(
      int context, int count, int values, FlatMemory memory, Instance instance) {
    try {
      return (long) CREATE_ARRAY.invokeExact(context, count, values, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Takes the value, which becomes the runtime's exception. */
  static void throwValue(int context, long value, FlatMemory memory, Instance instance) {
    try {
      long ignored = (long) THROW.invokeExact(context, value, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Puts iterator and next method in place of the iterable below the address. */
  static int forOfStart(int context, int above, FlatMemory memory, Instance instance) {
    try {
      return (int) FOR_OF_START.invokeExact(context, above, 0, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /**
   * @param done where an int goes: whether the iteration is over
   */
  static long iteratorNext(
      int context, long iterator, long method, int done, FlatMemory memory, Instance instance) {
    try {
      return (long)
          ITERATOR_NEXT.invokeExact(context, iterator, method, 0, 0, done, memory, instance);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  // ---- Handles ----

  /** The module's functions declare no exceptions. */
  private static RuntimeException rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  private static Properties read() {
    Properties indexes = new Properties();
    try (InputStream in = GuestFunctions.class.getResourceAsStream(FILE)) {
      if (in != null) {
        indexes.load(in);
      }
      return indexes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MethodHandle handle(String name, Class<?> result, String parameters) {
    MethodType type = MethodType.methodType(result);
    for (char parameter : parameters.toCharArray()) {
      type = type.appendParameterTypes(parameter == 'i' ? int.class : long.class);
    }
    type = type.appendParameterTypes(FlatMemory.class, Instance.class);
    String index = INDEXES.getProperty(name);
    if (index == null) {
      return MethodHandles.empty(type);
    }
    try {
      return MethodHandles.publicLookup().findStatic(Class.forName(CLASS), "func_" + index, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The engine has no %s like this.".formatted(name), e);
    }
  }
}
