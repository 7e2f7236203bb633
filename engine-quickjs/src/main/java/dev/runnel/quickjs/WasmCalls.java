package dev.runnel.quickjs;

import dev.runnel.engine.IsolateException;
import dev.runnel.quickjs.HostFunctions.RawArguments;
import dev.runnel.wasm.CallStackExhaustedException;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.GuestInterruptedException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmException;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * Calls from JavaScript into WebAssembly and back.
 *
 * <p>Both use the thread's stack, of which the guest's own stack limit stands for all: code of
 * modules may take what the limit leaves, and when such code calls JavaScript, what it took is
 * taken off the guest's stack too.
 */
final class WasmCalls {
  /** Where the guest's C stack starts, downwards. */
  private static final int STACK_TOP = 1 << 20;

  /** What a call into the guest or out of it takes of the thread's stack, with room to spare. */
  private static final int RESERVE = 512 << 10;

  private final Guest guest;
  private final QuickJs js;
  private final WasmScript script;
  private final WasmFunctions functions;
  private final WasmValues values;
  private final WasmExceptions exceptions;
  private final int stackBytes;

  /** How much code of modules took of the thread's stack when it was entered last. */
  private int enteredAt;

  WasmCalls(
      Guest guest,
      QuickJs js,
      WasmScript script,
      WasmFunctions functions,
      WasmValues values,
      WasmExceptions exceptions,
      int stackBytes) {
    this.guest = guest;
    this.js = js;
    this.script = script;
    this.functions = functions;
    this.values = values;
    this.exceptions = exceptions;
    this.stackBytes = stackBytes;
  }

  // ---- Into WebAssembly ----

  /** Calls a function for the guest; the result is the caller's. */
  long call(int id, RawArguments arguments) {
    WasmFunction function = functions.byId(id);
    FunctionType type = function.type;
    long[] numbers = new long[type.params().size()];
    @Nullable Object[] references = new Object[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      read(type.params().get(i), arguments.at(i), function.owner, i, numbers, references);
    }
    Instance instance = function.owner.instance();
    CallResult result =
        running(() -> instance.getMachine().callWithRefs(function.index, numbers, references));
    return results(type.returns(), result, function.owner);
  }

  private void read(
      ValType type,
      long value,
      WasmInstance user,
      int place,
      long[] numbers,
      @Nullable Object[] references) {
    if (type.equals(ValType.ExternRef)) {
      references[place] = values.toReference(value);
    } else {
      numbers[place] = values.toNumber(type, value, user);
    }
  }

  private long results(List<ValType> types, CallResult result, WasmInstance user) {
    if (types.isEmpty()) {
      return Value.UNDEFINED;
    }
    if (types.size() == 1) {
      return result(types, result, 0, user);
    }
    long[] elements = new long[types.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = result(types, result, i, user);
    }
    return js.newArray(elements);
  }

  private long result(List<ValType> types, CallResult result, int i, WasmInstance user) {
    ValType type = types.get(i);
    return type.isObjectRef()
        ? values.toJs(type, 0, result.refResult(i), user)
        : values.toJs(type, result.longResult(i), null, user);
  }

  /**
   * Runs code of modules, and turns each way in which it can fail into what JavaScript sees.
   *
   * @throws GuestThrow with the error pending
   */
  <T> T running(Supplier<T> code) {
    FlatMemory memory = guest.memory();
    int before = memory.callStack();
    int entered = enteredAt;
    int limit = memory.callStackLimit();
    enteredAt = before;
    memory.limitCallStack(before + stackLeft());
    try {
      return code.get();
    } catch (CallStackExhaustedException | StackOverflowError deep) {
      throw script.error(WasmScript.Kind.RangeError, "Maximum call stack size exceeded");
    } catch (GuestInterruptedException
        | GuestOutOfMemoryException
        | HostFailureException
        | IsolateException
        | GuestThrow ending) {
      throw ending;
    } catch (WasmException thrown) {
      throw exceptions.toJs(thrown);
    } catch (WasmEngineException | ArithmeticException trap) {
      throw trap.getCause() instanceof StackOverflowError
          ? script.error(WasmScript.Kind.RangeError, "Maximum call stack size exceeded")
          : script.error(WasmScript.Kind.RuntimeError, WasmTraps.message(trap));
    } finally {
      memory.setCallStack(before);
      memory.limitCallStack(limit);
      enteredAt = entered;
    }
  }

  /** What is left of the thread's stack for code of modules, in bytes. */
  private int stackLeft() {
    int used = STACK_TOP - guest.stackPointer();
    return (stackBytes - used) * QuickJsEngine.JAVA_STACK_PER_GUEST_STACK - RESERVE;
  }

  // ---- Out of WebAssembly ----

  /** A function of JavaScript that an instance imports. */
  final class Imported implements WasmFunctionHandle {
    private final WasmInstance importer;
    private final long function;
    private final FunctionType type;

    /**
     * @param function which the importer's holder keeps alive
     */
    Imported(WasmInstance importer, long function, FunctionType type) {
      this.importer = importer;
      this.function = function;
      this.type = type;
    }

    @Override
    public long[] apply(Instance instance, long... arguments) {
      return applyWithRefs(instance, arguments, new Object[arguments.length]).longs();
    }

    @Override
    public CallResult applyWithRefs(Instance instance, long[] numbers, Object[] references) {
      int stackPointer = guest.stackPointer();
      chargeStack(stackPointer);
      try {
        long returned = callJs(numbers, references);
        try {
          return read(returned);
        } finally {
          js.free(returned);
        }
      } catch (GuestThrow pending) {
        throw exceptions.fromJs(importer);
      } finally {
        guest.setStackPointer(stackPointer);
      }
    }

    private long callJs(long[] numbers, @Nullable Object @Nullable [] references) {
      long[] arguments = new long[type.params().size()];
      int made = 0;
      try {
        for (; made < arguments.length; made++) {
          Object reference = references == null ? null : references[made];
          arguments[made] =
              values.toJs(type.params().get(made), numbers[made], reference, importer);
        }
        return js.call(function, arguments);
      } finally {
        for (int i = 0; i < made; i++) {
          js.free(arguments[i]);
        }
      }
    }

    private CallResult read(long returned) {
      List<ValType> types = type.returns();
      long[] numbers = new long[types.size()];
      @Nullable Object[] references = new Object[numbers.length];
      if (types.size() == 1) {
        WasmCalls.this.read(types.get(0), returned, importer, 0, numbers, references);
      } else if (types.size() > 1) {
        readList(returned, numbers, references);
      }
      return CallResult.of(numbers, references);
    }

    private void readList(long iterable, long[] numbers, @Nullable Object[] references) {
      long list = script.call(WasmScript.LIST, iterable);
      try {
        int length = Value.payload(js.property(list, "length"));
        if (length != numbers.length) {
          throw script.error(
              WasmScript.Kind.TypeError,
              "multi-return length mismatch: %d values, not %d".formatted(length, numbers.length));
        }
        for (int i = 0; i < length; i++) {
          long element = js.element(list, i);
          try {
            WasmCalls.this.read(type.returns().get(i), element, importer, i, numbers, references);
          } finally {
            js.free(element);
          }
        }
      } finally {
        js.free(list);
      }
    }
  }

  /** Takes off the guest's stack what code of modules has taken of the thread's. */
  private void chargeStack(int stackPointer) {
    int taken = guest.memory().callStack() - enteredAt;
    int charged = stackPointer - taken / QuickJsEngine.JAVA_STACK_PER_GUEST_STACK & ~15;
    if (STACK_TOP - charged > stackBytes) {
      throw new CallStackExhaustedException();
    }
    guest.setStackPointer(charged);
  }

  /** A function of one instance that another one imports. */
  final class Linked implements WasmFunctionHandle {
    private final WasmInstance importer;
    private final WasmFunction function;

    Linked(WasmInstance importer, WasmFunction function) {
      this.importer = importer;
      this.function = function;
    }

    @Override
    public long[] apply(Instance instance, long... arguments) {
      return applyWithRefs(instance, arguments, new Object[arguments.length]).longs();
    }

    @Override
    public CallResult applyWithRefs(Instance instance, long[] numbers, Object[] references) {
      translate(function.type.params(), numbers, importer, function.owner);
      CallResult result =
          function.owner.instance().getMachine().callWithRefs(function.index, numbers, references);
      translate(function.type.returns(), result.longs(), function.owner, importer);
      return result;
    }

    /** Functions have other numbers in the other instance. */
    private void translate(
        List<ValType> types, long @Nullable [] numbers, WasmInstance from, WasmInstance to) {
      for (int i = 0; i < types.size() && numbers != null; i++) {
        if (types.get(i).equals(ValType.FuncRef) && numbers[i] != -1) {
          numbers[i] = functions.number(to, functions.find(from, (int) numbers[i]));
        }
      }
    }
  }
}
