package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.quickjs.Arenas;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.MemoryBudget;
import dev.runnel.wasm.TranslatedModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;

/**
 * A portable program at work in this JVM, as translated classes, while it is made ready for its
 * users. All of its state is its memory and its globals, which {@link #state} copies.
 */
public final class PortableMachine implements AutoCloseable {
  /** The class that the build translates the module to. */
  public static final String CLASS_NAME = "dev.runnel.portable.translated.PortableWasm";

  private static final int EXCEPTION_TAG = 6;
  private static final int READ_BYTECODE = 1;

  private final WasiPreview1 wasi;
  private final Budget budget = new Budget();
  private final Instance instance;
  private final FlatMemory memory;
  private final int globals;
  private final long maximumBytes;

  /**
   * @param maximumBytes how large its memory may get
   */
  public PortableMachine(WasiOptions options, long maximumBytes) {
    TranslatedModule module =
        TranslatedModule.load(CLASS_NAME, PortableMachine.class.getClassLoader());
    this.maximumBytes = maximumBytes;
    wasi = WasiPreview1.builder().withOptions(options).build();
    instance =
        module
            .newInstance(limits -> new FlatMemory(limits, maximumBytes, budget))
            .withImportValues(ImportValues.builder().addFunction(wasi.toHostFunctions()).build())
            .build();
    memory = (FlatMemory) instance.memory();
    globals = module.metadata().globalSection().globalCount();
  }

  /** Calls an exported function; one without result answers 0. */
  public long call(String export, long... arguments) {
    long[] results = instance.export(export).apply(arguments);
    return results == null || results.length == 0 ? 0 : results[0];
  }

  /** Starts the engine, in a machine that nothing was restored to. */
  public void start() {
    call("_initialize");
    if (call("qjs_init") != 0) {
      throw new IllegalStateException("QuickJS doesn't start.");
    }
  }

  long maximumBytes() {
    return maximumBytes;
  }

  public int context() {
    return (int) call("qjs_get_context_ptr");
  }

  /**
   * As {@link #call}, of a function whose result is a JavaScript value.
   *
   * @throws ScriptException when it is an exception
   */
  public long value(String export, long... arguments) {
    long value = call(export, arguments);
    if ((int) (value >> 32) == EXCEPTION_TAG) {
      throw new ScriptException(describe(call("JS_GetException", context())));
    }
    return value;
  }

  private String describe(long error) {
    int name = placeText("stack");
    String message = text(error);
    String stack = text(call("JS_GetPropertyStr", context(), error, name));
    free(name);
    return stack.startsWith(message) ? stack : message + "\n" + stack;
  }

  private String text(long value) {
    int at = (int) call("JS_ToCStringLen2", context(), 0, value, 0);
    return at == 0 ? "a value that has no text" : readText(at).strip();
  }

  /** Runs a script; what it throws is thrown here. */
  public void evaluate(byte[] bytecode) {
    int at = place(bytecode);
    long code = value("JS_ReadObject", context(), at, bytecode.length, READ_BYTECODE);
    free(at);
    call("JS_FreeValue", context(), value("JS_EvalFunction", context(), code));
  }

  /** Copies bytes into the memory, with a 0 behind them; the caller frees them. */
  public int place(byte[] bytes) {
    int address = (int) call("malloc", bytes.length + 1);
    if (address == 0) {
      throw new OutOfMemoryError("The program's memory is full.");
    }
    memory.write(address, bytes, 0, bytes.length);
    memory.writeByte(address + bytes.length, (byte) 0);
    return address;
  }

  public int placeText(String text) {
    return place(text.getBytes(UTF_8));
  }

  public void free(int address) {
    call("free", address);
  }

  public byte[] read(int address, int length) {
    return memory.readBytes(address, length);
  }

  public int readInt(int address) {
    return memory.readInt(address);
  }

  public void writeInt(int address, int value) {
    memory.writeI32(address, value);
  }

  public String readText(int address) {
    return memory.readCString(address);
  }

  /** Stops it at its next back-edge, for good. From any thread. */
  public void interrupt() {
    memory.interrupt();
  }

  /**
   * Everything it is, but for what its allocator and its stack have let go of: that is zero. Its
   * heap is folded, and the last global but one says so.
   */
  public MachineState state() {
    zeroFreeMemory();
    byte[] bytes = memory.snapshot();
    Arrays.fill(bytes, 0, memory.stackPointer(), (byte) 0);
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < globals; i++) {
      values.add(instance.global(i).getValue());
    }
    int arenas = arenas().address();
    Folding.fold(bytes, arenas);
    values.set(globals - 2, (long) arenas);
    return new MachineState(bytes, values);
  }

  /** Begins where that one ended. */
  public void restore(MachineState state) {
    memory.restore(state.memory());
    for (int i = 0; i < globals; i++) {
      instance.global(i).setValue(state.globals().get(i));
    }
    call("unfold");
  }

  private Arenas arenas() {
    return Arenas.of(memory, (int) call("qjs_get_runtime_ptr"));
  }

  /** Takes all that is free in pieces as large as there are, zeroes them and gives them back. */
  void zeroFreeMemory() {
    budget.closed = true;
    List<Integer> taken = new ArrayList<>();
    for (int size = Integer.highestOneBit(memory.size()); size >= 8; size >>= 1) {
      for (int at = (int) call("malloc", size); at != 0; at = (int) call("malloc", size)) {
        memory.fill((byte) 0, at, at + size);
        taken.add(at);
      }
    }
    taken.forEach(this::free);
    budget.closed = false;
    arenas().scrub();
  }

  @Override
  public void close() {
    wasi.close();
    memory.close();
  }

  /** Lets the memory grow, unless what is there is being looked at. */
  private static final class Budget implements MemoryBudget {
    private boolean closed;

    @Override
    public boolean reserve(long bytes) {
      return !closed;
    }

    @Override
    public void release(long bytes) {}
  }
}
