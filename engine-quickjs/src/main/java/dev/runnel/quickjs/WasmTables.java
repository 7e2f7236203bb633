package dev.runnel.quickjs;

import dev.runnel.engine.WasmLimits;
import dev.runnel.quickjs.HostFunctions.RawArguments;
import dev.runnel.quickjs.WasmScript.Kind;
import dev.runnel.wasm.WindowHost;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.ValType;

/** Tables as JavaScript has them, and the elements that all of them may have together. */
final class WasmTables {
  private final GuestText text;
  private final WasmScript script;
  private final WasmFunctions functions;
  private final WasmValues values;
  private final WasmObjects objects;
  private final MemoryLimit memoryLimit;
  private final int most;
  private int taken;

  WasmTables(
      GuestText text,
      WasmScript script,
      WasmFunctions functions,
      WasmValues values,
      WasmObjects objects,
      MemoryLimit memoryLimit,
      WasmLimits limits) {
    this.text = text;
    this.script = script;
    this.functions = functions;
    this.values = values;
    this.objects = objects;
    this.memoryLimit = memoryLimit;
    this.most = limits.tableElements();
  }

  long create(RawArguments arguments) {
    ValType type = WasmValues.type(text.read(arguments.at(0)));
    long initial = WasmHost.unsigned(arguments.at(1));
    long maximum = WasmHost.unsigned(arguments.at(2));
    Element first = element(type, arguments.at(3));
    if (initial > most || !take(type, (int) initial)) {
      throw script.error(
          Kind.RangeError,
          "WebAssembly.Table(): no room for %d elements; all tables together may have %d"
              .formatted(initial, most));
    }
    TableLimits sizes = new TableLimits(initial, maximum);
    WasmTable table =
        new WasmTable(type, sizes, WindowHost.NULL_FUNCTION, count -> take(type, count));
    table.exported = true;
    for (int i = 0; i < initial; i++) {
      put(table, i, first);
    }
    return WasmHost.number(objects.number(table));
  }

  /** An element as tables have it: a function and its instance, or a reference. */
  private record Element(int function, @Nullable Instance owner, @Nullable Object reference) {}

  private Element element(ValType type, long value) {
    if (type.isObjectRef()) {
      return new Element(0, null, values.toReference(value));
    }
    @Nullable WasmFunction function = values.toFunction(value, Value.UNDEFINED);
    return function == null
        ? new Element(WindowHost.NULL_FUNCTION, null, null)
        : new Element(function.index, function.owner.instance(), null);
  }

  /** What an element becomes that nobody gives a value for. */
  private Element defaultElement(ValType type) {
    return element(type, type.isObjectRef() ? Value.UNDEFINED : Value.NULL);
  }

  private static void put(WasmTable table, int index, Element element) {
    if (table.elementType().isObjectRef()) {
      table.setObjRef(index, element.reference(), null);
    } else {
      table.setRef(index, element.function(), element.owner());
    }
  }

  boolean take(ValType type, int count) {
    if (count > most - taken || !memoryLimit.take(count * bytesPerElement(type))) {
      return false;
    }
    taken += count;
    return true;
  }

  void give(WasmTable table) {
    taken -= table.size();
    memoryLimit.giveBack(table.size() * bytesPerElement(table.elementType()));
  }

  /** A reference to an object of JavaScript is a handle. */
  private static long bytesPerElement(ValType type) {
    return type.isObjectRef() ? 256 : 16;
  }

  long length(RawArguments arguments) {
    return WasmHost.number(table(arguments).size());
  }

  long get(RawArguments arguments) {
    WasmTable table = table(arguments);
    int index = place(table, arguments.at(1), "get");
    if (table.elementType().isObjectRef()) {
      return values.referenceToJs(table.objRef(index));
    }
    Instance owner = table.instance(index);
    return owner == null || table.ref(index) == WindowHost.NULL_FUNCTION
        ? Value.NULL
        : functions.object(functions.find(functions.instance(owner), table.ref(index)));
  }

  long set(RawArguments arguments) {
    WasmTable table = table(arguments);
    ValType type = table.elementType();
    Element element = arguments.count() > 2 ? element(type, arguments.at(2)) : defaultElement(type);
    put(table, place(table, arguments.at(1), "set"), element);
    return Value.UNDEFINED;
  }

  long grow(RawArguments arguments) {
    WasmTable table = table(arguments);
    ValType type = table.elementType();
    long count = WasmHost.unsigned(arguments.at(1));
    Element element = arguments.count() > 2 ? element(type, arguments.at(2)) : defaultElement(type);
    if (count > Integer.MAX_VALUE) {
      return WasmHost.number(-1);
    }
    return WasmHost.number(
        type.isObjectRef()
            ? table.growWithRef((int) count, element.reference(), null)
            : table.grow((int) count, element.function(), element.owner()));
  }

  private WasmTable table(RawArguments arguments) {
    return objects.get(WasmHost.integer(arguments.at(0)), WasmTable.class);
  }

  private int place(WasmTable table, long value, String method) {
    long index = WasmHost.unsigned(value);
    if (index >= table.size()) {
      throw script.error(
          Kind.RangeError,
          "WebAssembly.Table.%s(): invalid address %d in a table of %d elements"
              .formatted(method, index, table.size()));
    }
    return (int) index;
  }
}
