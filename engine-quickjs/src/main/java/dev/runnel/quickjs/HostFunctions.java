package dev.runnel.quickjs;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostFunction;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.JsValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import run.endive.wasm.WasmEngineException;

/**
 * The Java functions that one guest can call, by number. JavaScript function objects hold only the
 * number, and snapshots hold the list of names, so that a restored heap finds its functions again.
 */
final class HostFunctions {

  /** A function on raw values: arguments are borrowed, the result is the caller's. */
  @FunctionalInterface
  interface Raw {
    long call(RawArguments arguments);
  }

  /** A function that is in the module itself, so that calling it never leaves the guest. */
  record GuestFunction(TableSlot slot, int length) implements Raw {
    @Override
    public long call(RawArguments arguments) {
      throw new IllegalStateException("%s was called from Java.".formatted(slot));
    }
  }

  /** The arguments of one call, still in the guest's memory. */
  record RawArguments(Guest guest, int count, int address) {
    RawArguments {
      guest.checkRange(address, Math.multiplyExact(count, Long.BYTES));
    }

    long at(int index) {
      return index < count ? guest.readLong(address + index * Long.BYTES) : Value.UNDEFINED;
    }
  }

  /** As many as the 16-bit number in a C function object can tell apart. */
  private static final int MOST = Short.MAX_VALUE;

  /** Where the guest's C stack starts, downwards. */
  private static final int STACK_TOP = 1 << 20;

  private final Guest guest;
  private final QuickJs js;
  private final Values values;
  private final GuestErrors errors;
  private final List<String> names = new ArrayList<>();
  private final List<Raw> functions = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  HostFunctions(Guest guest, QuickJs js, Values values, GuestErrors errors) {
    this.guest = guest;
    this.js = js;
    this.values = values;
    this.errors = errors;
  }

  /** The names in the order of their numbers, as {@code host:module/function}. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The number of a function, a new one if the name is new. */
  int id(String name, Raw function) {
    Integer known = ids.get(name);
    if (known != null) {
      functions.set(known, function);
      return known;
    }
    if (names.size() > MOST) {
      throw new IllegalStateException("There are more than %d host functions.".formatted(MOST));
    }
    names.add(name);
    functions.add(function);
    ids.put(name, names.size() - 1);
    return names.size() - 1;
  }

  Raw raw(HostFunction function) {
    return arguments -> values.write(function.call(read(arguments)));
  }

  private Arguments read(RawArguments raw) {
    JsValue[] read = new JsValue[raw.count()];
    for (int i = 0; i < read.length; i++) {
      read[i] = values.read(raw.at(i));
    }
    return Arguments.of(read);
  }

  /** Runs one call from the guest and leaves its result, or JS_EXCEPTION, at {@code result}. */
  void dispatch(int id, int argumentCount, int arguments, int result) {
    RawArguments given = new RawArguments(guest, argumentCount, arguments);
    Supplier<String> name = () -> names.get(id);
    guest.writeLong(result, guarded(name, () -> functions.get(id).call(given)));
  }

  /** Runs Java code for the guest; what it throws becomes JS_EXCEPTION, or ends the isolate. */
  long guarded(Supplier<String> name, LongSupplier work) {
    try {
      StackHeadroom.check(STACK_TOP - guest.stackPointer());
      return work.getAsLong();
    } catch (GuestThrow pending) {
      return Value.EXCEPTION;
    } catch (HostError error) {
      js.setException(errors.create(error));
      return Value.EXCEPTION;
    } catch (IsolateException | WasmEngineException | GuestOutOfMemoryException ending) {
      throw ending;
    } catch (StackOverflowError deep) {
      throw deep;
    } catch (Throwable bug) {
      throw new HostFailureException("The host function %s failed.".formatted(name.get()), bug);
    }
  }
}
