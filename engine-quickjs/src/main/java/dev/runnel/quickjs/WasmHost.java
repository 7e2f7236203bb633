package dev.runnel.quickjs;

import dev.runnel.engine.JsValue;
import dev.runnel.engine.Limits;
import dev.runnel.engine.WasmLimits;
import dev.runnel.quickjs.HostFunctions.Raw;
import dev.runnel.quickjs.HostFunctions.RawArguments;
import dev.runnel.quickjs.WasmCompiler.RefusedException;
import dev.runnel.quickjs.WasmScript.Kind;
import dev.runnel.wasm.WindowHost;
import dev.runnel.wasm.WindowMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.runtime.TagInstance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.TagType;
import run.endive.wasm.types.ValType;

/**
 * WebAssembly for programs: the Java half of {@code webassembly.js}, which has the JavaScript API.
 *
 * <p>Modules are compiled to classes of the JVM. Their memories are windows into the guest's own
 * memory; tables, globals and tags are objects of Java, limited in number. JavaScript knows all of
 * them by numbers and says when it has no use for one any more.
 */
final class WasmHost implements WindowHost {
  static final String SPECIFIER = "host:wasm";
  private static final String FILE = "webassembly.js";

  /** What a module's classes take for each byte of its file. */
  private static final int CODE_PER_BYTE = 8;

  private final Guest guest;
  private final QuickJs js;
  private final GuestText text;
  private final Values crossing;
  private final WasmLimits limits;
  private final MemoryLimit memoryLimit;
  private final WasmCompiler compiler;
  private final WasmScript script;
  private final WasmMemories memories;
  private final WasmFunctions functions;
  private final WasmValues values;
  private final WasmObjects objects = new WasmObjects();
  private final WasmCalls calls;
  private final WasmLinker linker;
  private final WasmTables tables;
  private int heldBytes;

  /**
   * @param registered the isolate's registered functions
   * @param interrupted whether the guest is to end
   */
  WasmHost(
      Guest guest,
      QuickJs js,
      GuestText text,
      Values crossing,
      Map<String, Long> registered,
      MemoryLimit memoryLimit,
      Limits limits,
      BooleanSupplier interrupted) {
    this.guest = guest;
    this.js = js;
    this.text = text;
    this.crossing = crossing;
    this.limits = limits.wasm();
    this.memoryLimit = memoryLimit;
    compiler = new WasmCompiler(limits.wasm(), interrupted);
    script = new WasmScript(js, text, registered);
    memories = new WasmMemories(guest, js, script, memoryLimit);
    functions = new WasmFunctions(guest, js, script);
    values = new WasmValues(guest, js, crossing, script, functions);
    var exceptions = new WasmExceptions(js, script, functions, values, objects);
    calls = new WasmCalls(guest, js, script, functions, values, exceptions, limits.stackBytes());
    tables = new WasmTables(text, script, functions, values, objects, memoryLimit, limits.wasm());
    linker = new WasmLinker(this, functions, memories, objects, calls, tables::take);
  }

  SequencedMap<String, Raw> functions() {
    SequencedMap<String, Raw> all = new LinkedHashMap<>();
    all.put("connect", this::connect);
    all.put("compile", this::compile);
    all.put("validate", this::validate);
    all.put("describe", this::describe);
    all.put("customSections", this::customSections);
    all.put("instantiate", this::instantiate);
    all.put("start", this::start);
    all.put("exported", this::exported);
    all.put("newMemory", this::newMemory);
    all.put("memoryBuffer", this::memoryBuffer);
    all.put("growMemory", this::growMemory);
    all.put("newTable", tables::create);
    all.put("tableLength", tables::length);
    all.put("tableGet", tables::get);
    all.put("tableSet", tables::set);
    all.put("growTable", tables::grow);
    all.put("newGlobal", this::newGlobal);
    all.put("globalGet", this::globalGet);
    all.put("globalSet", this::globalSet);
    all.put("newTag", this::newTag);
    all.put("coerce", this::coerce);
    all.put("drop", this::drop);
    return all;
  }

  /** The function that makes the namespace object out of the functions above. */
  long evaluateScript() {
    HostClasses.initializeForWebAssembly();
    return js.evaluate("engine:" + FILE, source(), QuickJs.EVAL_SCRIPT);
  }

  private static byte[] source() {
    try (InputStream in = WasmHost.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(in, FILE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The isolate ends. */
  void close() {
    memoryLimit.giveBackAll();
  }

  /** Of threads that compiled for the guest. Any thread asks. */
  long compilersCpuNanos() {
    return compiler.cpuNanos();
  }

  /** Whether the heap refers to what only Java has. */
  boolean isInUse() {
    return !objects.isEmpty();
  }

  /** Calls a function whose number its object holds; the result is the caller's. */
  long call(int data, RawArguments arguments) {
    guest.checkRange(data, 2 * Long.BYTES);
    return calls.call(Value.payload(guest.readLong(data + Long.BYTES)), arguments);
  }

  private long connect(RawArguments arguments) {
    for (int i = 0; i < WasmScript.FUNCTIONS.length; i++) {
      script.register(WasmScript.FUNCTIONS[i], js.duplicate(arguments.at(i)));
    }
    return Value.UNDEFINED;
  }

  // ---- Modules ----

  private long compile(RawArguments arguments) {
    byte[] bytes = bytes(arguments.at(0));
    if ((long) heldBytes + bytes.length > limits.heldBytes()) {
      throw script.error(
          Kind.CompileError,
          "The program's WebAssembly modules have more than %d bytes together."
              .formatted(limits.heldBytes()));
    }
    try {
      WasmCode code = compiler.compile(bytes);
      if (!memoryLimit.take((long) code.bytes() * CODE_PER_BYTE)) {
        throw new RefusedException("the program's memory has no room for its code");
      }
      heldBytes += code.bytes();
      int number = objects.reserve();
      objects.put(number, new WasmModuleObject(code));
      return number(number);
    } catch (RefusedException refused) {
      throw script.error(Kind.CompileError, "WebAssembly.Module(): " + refused.getMessage());
    }
  }

  private long validate(RawArguments arguments) {
    byte[] bytes = bytes(arguments.at(0));
    try {
      compiler.compile(bytes);
      return Value.TRUE;
    } catch (RefusedException refused) {
      return Value.FALSE;
    }
  }

  /** A copy of a buffer's bytes. */
  private byte[] bytes(long value) {
    if (!(crossing.read(value) instanceof JsValue.Bytes(var window)) || isShared(value)) {
      throw script.error(
          Kind.TypeError, "WebAssembly: Argument 0 must be an ArrayBuffer or a view of one");
    }
    byte[] bytes = new byte[window.remaining()];
    window.get(bytes);
    return bytes;
  }

  private boolean isShared(long value) {
    return BytesLayout.classId(guest, Value.payload(value))
        == BytesLayout.CLASS_SHARED_ARRAY_BUFFER;
  }

  private WasmCode code(long number) {
    return objects.get(integer(number), WasmModuleObject.class).code();
  }

  private long describe(RawArguments arguments) {
    return text.write(WasmDescription.of(code(arguments.at(0))));
  }

  private long customSections(RawArguments arguments) {
    List<byte[]> sections =
        code(arguments.at(0))
            .customSections()
            .getOrDefault(text.read(arguments.at(1)), Collections.emptyList());
    long[] copies = new long[sections.size()];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = crossing.write(new JsValue.Bytes(ByteBuffer.wrap(sections.get(i))));
    }
    return js.newArray(copies);
  }

  // ---- Instances ----

  private long instantiate(RawArguments arguments) {
    WasmCode code = code(arguments.at(0));
    long functionValues = arguments.at(1);
    long numbers = arguments.at(2);
    WasmInstance instance = new WasmInstance(objects.reserve(), code, arguments.at(3));
    List<WasmLinker.Given> given = new ArrayList<>();
    for (int i = 0; i < code.imports().size(); i++) {
      long function = js.element(functionValues, i);
      js.free(function); // The holder has it.
      given.add(new WasmLinker.Given(function, integer(js.element(numbers, i))));
    }
    if (!memoryLimit.take(instance.cost())) {
      throw script.error(
          Kind.RangeError, "WebAssembly.Instance(): the program's memory has no room for it");
    }
    try {
      linker.link(instance, given);
    } catch (WasmLinker.LinkException failed) {
      release(instance);
      throw script.error(failed.kind(), "WebAssembly.Instance(): " + failed.getMessage());
    } catch (GuestThrow failed) {
      release(instance);
      throw failed;
    }
    objects.put(instance.id, instance);
    return number(instance.id);
  }

  /** Fills tables and memory, and runs the start function. */
  private long start(RawArguments arguments) {
    WasmInstance instance = objects.get(integer(arguments.at(0)), WasmInstance.class);
    return calls.running(
        () -> {
          instance.instance().initialize(false);
          return Value.UNDEFINED;
        });
  }

  private long exported(RawArguments arguments) {
    WasmInstance instance = objects.get(integer(arguments.at(0)), WasmInstance.class);
    int index = integer(arguments.at(2));
    Instance inner = instance.instance();
    return switch (text.read(arguments.at(1))) {
      case "function" -> functions.object(functions.find(instance, index));
      case "memory" -> {
        WasmMemory memory = memories.of(inner.memory(index));
        memory.exported = true;
        yield number(objects.number(memory));
      }
      case "table" -> {
        WasmTable table = (WasmTable) inner.table(index);
        table.exported = true;
        yield number(objects.number(table));
      }
      case "global" -> number(objects.number(inner.global(index)));
      case "tag" -> number(objects.number(inner.tag(index)));
      case String other -> throw new IllegalArgumentException(other);
    };
  }

  private void release(WasmInstance instance) {
    for (WasmMemory memory : instance.memories) {
      if (!memory.exported) {
        memories.release(memory);
      }
    }
    for (WasmTable table : instance.tables) {
      if (!table.exported) {
        tables.give(table);
      }
    }
    memoryLimit.giveBack(instance.cost());
  }

  // ---- Memories ----

  private long newMemory(RawArguments arguments) {
    long initial = unsigned(arguments.at(0));
    long maximum = unsigned(arguments.at(1));
    boolean shared = arguments.at(2) == Value.TRUE;
    WasmMemory memory = memories.create(this, (int) initial, maximum, shared);
    memory.exported = true;
    return number(objects.number(memory));
  }

  private long memoryBuffer(RawArguments arguments) {
    return js.duplicate(memories.buffer(memory(arguments)));
  }

  private long growMemory(RawArguments arguments) {
    return number(memory(arguments).window.grow((int) unsigned(arguments.at(1))));
  }

  private WasmMemory memory(RawArguments arguments) {
    return objects.get(integer(arguments.at(0)), WasmMemory.class);
  }

  @Override
  public boolean resize(WindowMemory window, int pages) {
    return memories.resize(window, pages);
  }

  // ---- Globals ----

  private long newGlobal(RawArguments arguments) {
    ValType type = WasmValues.type(text.read(arguments.at(0)));
    boolean mutable = arguments.at(1) == Value.TRUE;
    GlobalInstance global =
        GlobalInstance.builder()
            .valType(type)
            .mutabilityType(mutable ? MutabilityType.Var : MutabilityType.Const)
            .build();
    set(global, arguments.at(2));
    return number(objects.number(global));
  }

  private long globalGet(RawArguments arguments) {
    GlobalInstance global = objects.get(integer(arguments.at(0)), GlobalInstance.class);
    if (!global.getType().equals(ValType.FuncRef)) {
      return values.toJs(global.getType(), global.getValue(), global.getRefValue(), null);
    }
    Instance owner = global.getInstance();
    int function = (int) global.getValue();
    return owner == null || function == NULL_FUNCTION
        ? Value.NULL
        : functions.object(functions.find(functions.instance(owner), function));
  }

  private long globalSet(RawArguments arguments) {
    set(objects.get(integer(arguments.at(0)), GlobalInstance.class), arguments.at(1));
    return Value.UNDEFINED;
  }

  private void set(GlobalInstance global, long value) {
    ValType type = global.getType();
    if (type.equals(ValType.ExternRef)) {
      global.setRefValue(values.toReference(value));
    } else if (type.equals(ValType.FuncRef)) {
      @Nullable WasmFunction function = values.toFunction(value, Value.UNDEFINED);
      global.setInstance(function == null ? null : function.owner.instance());
      global.setValue(function == null ? NULL_FUNCTION : (long) function.index);
    } else {
      global.setValue(values.toNumber(type, value, null));
    }
  }

  // ---- Tags and exceptions ----

  private long newTag(RawArguments arguments) {
    long names = arguments.at(0);
    List<ValType> types = new ArrayList<>();
    int count = integer(js.property(names, "length"));
    for (int i = 0; i < count; i++) {
      long name = js.element(names, i);
      types.add(WasmValues.type(text.read(name)));
      js.free(name);
    }
    FunctionType type = FunctionType.of(types, List.of());
    return number(objects.number(new TagInstance(new TagType((byte) 0, 0), type)));
  }

  /** The values that an exception with a tag carries for what JavaScript gave. */
  private long coerce(RawArguments arguments) {
    List<ValType> types = objects.get(integer(arguments.at(0)), TagInstance.class).type().params();
    long given = arguments.at(1);
    int count = integer(js.property(given, "length"));
    if (count != types.size()) {
      throw script.error(
          Kind.TypeError,
          "WebAssembly.Exception(): the tag has %d values, not %d".formatted(types.size(), count));
    }
    long[] coerced = new long[count];
    for (int i = 0; i < count; i++) {
      long element = js.element(given, i);
      coerced[i] = coerce(types.get(i), element);
      js.free(element);
    }
    return js.newArray(coerced);
  }

  private long coerce(ValType type, long value) {
    if (type.isReference()) {
      if (type.equals(ValType.FuncRef)) {
        values.toFunction(value, Value.UNDEFINED);
      }
      return js.duplicate(value);
    }
    return values.toJs(type, values.toNumber(type, value, null), null, null);
  }

  // ---- Functions of other instances ----

  @Override
  public int foreignNumber(Instance instance, int function) {
    return FIRST_FOREIGN + functions.find(functions.instance(instance), function).id;
  }

  @Override
  public Instance instanceOf(int number) {
    return functions.byId(number - FIRST_FOREIGN).owner.instance();
  }

  @Override
  public int indexOf(int number) {
    return functions.byId(number - FIRST_FOREIGN).index;
  }

  // ---- The end of objects ----

  private long drop(RawArguments arguments) {
    switch (objects.remove(integer(arguments.at(0)))) {
      case WasmModuleObject module -> {
        heldBytes -= module.code().bytes();
        memoryLimit.giveBack((long) module.code().bytes() * CODE_PER_BYTE);
      }
      case WasmInstance instance -> {
        functions.remove(instance);
        release(instance);
      }
      case WasmMemory memory -> memories.release(memory);
      case WasmTable table -> tables.give(table);
      case null, default -> {}
    }
    return Value.UNDEFINED;
  }

  /** A module as an object of JavaScript; several may have the same code. */
  private record WasmModuleObject(WasmCode code) {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  // ---- Numbers ----

  static long number(int number) {
    return Value.of(Value.TAG_INT, number);
  }

  static int integer(long value) {
    return (int) unsigned(value);
  }

  /** A u32 that JavaScript has checked; if it hasn't, some u32. */
  static long unsigned(long value) {
    double number =
        Value.tag(value) == Value.TAG_INT ? Value.payload(value) : Value.toDouble(value);
    return (long) number & 0xffffffffL;
  }
}
