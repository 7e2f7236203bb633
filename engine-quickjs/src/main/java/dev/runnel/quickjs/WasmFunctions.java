package dev.runnel.quickjs;

import dev.runnel.wasm.WindowHost;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;

/** The functions of all instances, and the guest's objects for them. */
final class WasmFunctions {
  private final Guest guest;
  private final QuickJs js;
  private final WasmScript script;
  private final Map<Integer, WasmFunction> byId = new HashMap<>();
  private final Map<Instance, WasmInstance> instances = new IdentityHashMap<>();
  private int nextId = 1;

  WasmFunctions(Guest guest, QuickJs js, WasmScript script) {
    this.guest = guest;
    this.js = js;
    this.script = script;
  }

  void add(WasmInstance instance) {
    instances.put(instance.instance(), instance);
  }

  void remove(WasmInstance instance) {
    instances.remove(instance.instance());
    instance.functions.values().forEach(function -> byId.remove(function.id, function));
  }

  WasmInstance instance(Instance instance) {
    return require(instances.get(instance));
  }

  WasmFunction byId(int id) {
    return require(byId.get(id));
  }

  private static <T> T require(@Nullable T found) {
    if (found == null) {
      throw new IllegalStateException("A WebAssembly function was used after its release.");
    }
    return found;
  }

  /** A function by what it is to an instance: an index of its own, or a foreign number. */
  WasmFunction find(WasmInstance user, int number) {
    if (number >= WindowHost.FIRST_FOREIGN) {
      return byId(number - WindowHost.FIRST_FOREIGN);
    }
    WasmFunction imported = number < user.imported.size() ? user.imported.get(number) : null;
    return imported == null
        ? user.functions.computeIfAbsent(number, index -> create(user, index))
        : imported;
  }

  /** What a function is to an instance. */
  int number(WasmInstance user, WasmFunction function) {
    return function.owner == user ? function.index : WindowHost.FIRST_FOREIGN + function.id;
  }

  private WasmFunction create(WasmInstance owner, int index) {
    Instance instance = owner.instance();
    WasmFunction function =
        new WasmFunction(nextId++, owner, index, instance.type(instance.functionType(index)));
    byId.put(function.id, function);
    return function;
  }

  /** The guest's object for a function, always the same one; the result is the caller's. */
  long object(WasmFunction function) {
    if (function.object == Value.UNDEFINED) {
      function.object = newObject(function);
    }
    return js.duplicate(function.object);
  }

  /** An object that the owner's holder keeps alive. */
  private long newObject(WasmFunction function) {
    long id = Value.of(Value.TAG_INT, function.id);
    try (CStack stack = new CStack(guest)) {
      long object =
          guest.call(
              Export.JS_NewCFunctionData2,
              js.context(),
              TableSlot.WASM_FUNCTION.index(),
              stack.cString(String.valueOf(function.index)),
              function.type.params().size(),
              0,
              2,
              stack.values(function.owner.holder, id));
      if (object == Value.EXCEPTION) {
        throw GuestThrow.PENDING;
      }
      try {
        js.free(script.call(WasmScript.ADOPT, object, function.owner.holder, id));
      } finally {
        js.free(object);
      }
      return object;
    }
  }
}
