package dev.runnel.quickjs;

import static dev.runnel.quickjs.Value.EXCEPTION;

import java.util.Arrays;

/**
 * The QuickJS C API of one context, with C's ownership rules: a parameter that is a raw value stays
 * the caller's unless the method says "takes", a result is the caller's to free.
 *
 * <p>Where C answers JS_EXCEPTION, these methods throw {@link GuestThrow}.
 */
final class QuickJs {
  private static final int WRITE_BYTECODE = 1;
  private static final int WRITE_STRIP_SOURCE = 1 << 4;
  private static final int READ_BYTECODE = 1;

  /** What is read takes less than so many times the bytes that were written. */
  private static final int READ_PER_WRITTEN = 2;

  static final int EVAL_SCRIPT = 0;
  static final int EVAL_MODULE = 1;
  static final int EVAL_COMPILE_ONLY = 1 << 5;

  private static final int EVAL_OPTIONS_VERSION = 1;
  private static final int WRITABLE_ENUMERABLE_CONFIGURABLE = 7;
  private static final int GENERIC = 0;
  private static final int GENERIC_MAGIC = 1;

  private final Guest guest;
  private final int runtime;
  private final int context;

  QuickJs(Guest guest, int runtime, int context) {
    this.guest = guest;
    this.runtime = runtime;
    this.context = context;
  }

  int context() {
    return context;
  }

  int runtime() {
    return runtime;
  }

  // ---- Values ----

  long duplicate(long value) {
    return Value.isCounted(value) ? guest.call(Export.JS_DupValue, context, value) : value;
  }

  void free(long value) {
    if (Value.isCounted(value)) {
      guest.call(Export.JS_FreeValue, context, value);
    }
  }

  long call(long function, long... arguments) {
    try (CStack stack = new CStack(guest)) {
      int argv = stack.values(arguments);
      return checked(
          guest.call(Export.JS_Call, context, function, Value.UNDEFINED, arguments.length, argv));
    }
  }

  /** The class that QuickJS gave an object; 0 for anything else. */
  int classId(long value) {
    return guest.callInt(Export.JS_GetClassID, value);
  }

  boolean isFunction(long value) {
    return guest.callInt(Export.JS_IsFunction, context, value) != 0;
  }

  boolean isError(long value) {
    return guest.callInt(Export.JS_IsError, value) != 0;
  }

  long property(long object, String name) {
    try (CStack stack = new CStack(guest)) {
      return checked(guest.call(Export.JS_GetPropertyStr, context, object, stack.cString(name)));
    }
  }

  /** Takes the value. */
  void defineProperty(long object, String name, long value) {
    try (CStack stack = new CStack(guest)) {
      checkedStatus(
          guest.callInt(
              Export.JS_DefinePropertyValueStr,
              context,
              object,
              stack.cString(name),
              value,
              WRITABLE_ENUMERABLE_CONFIGURABLE));
    }
  }

  long newObject() {
    return checked(guest.call(Export.JS_NewObject, context));
  }

  /** A new array; takes the elements. */
  long newArray(long... elements) {
    long array = checked(guest.call(Export.JS_NewArray, context));
    for (int i = 0; i < elements.length; i++) {
      checkedStatus(guest.callInt(Export.JS_SetPropertyUint32, context, array, i, elements[i]));
    }
    return array;
  }

  long element(long array, int index) {
    return checked(guest.call(Export.JS_GetPropertyUint32, context, array, index));
  }

  /** A JavaScript function that runs {@link HostFunctions} entry {@code id}. */
  long newHostFunction(String name, int id) {
    return newFunction(name, TableSlot.DISPATCHER, 0, GENERIC_MAGIC, id);
  }

  /** A JavaScript function that runs a function of the module. */
  long newGuestFunction(String name, TableSlot slot, int length) {
    return newFunction(name, slot, length, GENERIC, 0);
  }

  private long newFunction(String name, TableSlot slot, int length, int type, int magic) {
    try (CStack stack = new CStack(guest)) {
      int cName = stack.cString(name);
      return checked(
          guest.call(Export.JS_NewCFunction2, context, slot.index(), cName, length, type, magic));
    }
  }

  /** A function that runs another one beyond the stack's limit. */
  long newHeadroomFunction(long function) {
    try (CStack stack = new CStack(guest)) {
      return checked(
          guest.call(
              Export.JS_NewCFunctionData,
              context,
              TableSlot.HEADROOM_TRAMPOLINE.index(),
              0,
              0,
              1,
              stack.values(function)));
    }
  }

  // ---- Exceptions ----

  /** The thrown value, which no longer waits in the context then. */
  long takeException() {
    return guest.call(Export.JS_GetException, context);
  }

  /** Makes the value, which it takes, the context's thrown one. */
  void setException(long value) {
    guest.call(Export.JS_Throw, context, value);
  }

  // ---- Evaluation ----

  long evaluate(String name, byte[] utf8, int flags) {
    try (CStack stack = new CStack(guest)) {
      return evaluate(new Origin(name, 1), stack.terminated(utf8), utf8.length, flags);
    }
  }

  /** The file that stack traces name, and the number of the source's first line in it. */
  record Origin(String file, int firstLine) {}

  /**
   * @param source UTF-8 in the guest's memory, with a zero byte behind it
   */
  long evaluate(Origin origin, int source, int length, int flags) {
    try (CStack stack = new CStack(guest)) {
      int options = stack.allocate(16);
      guest.writeInt(options, EVAL_OPTIONS_VERSION);
      guest.writeInt(options + 4, flags);
      guest.writeInt(options + 8, stack.cString(origin.file()));
      guest.writeInt(options + 12, origin.firstLine());
      return checked(guest.call(Export.JS_Eval2, context, source, length, options));
    }
  }

  /** The bytecode of a compiled module or script. */
  byte[] writeBytecode(long code) {
    return write(code, WRITE_BYTECODE);
  }

  /**
   * The bytecode of a compiled module or script, with positions but without the text of its
   * functions, which QuickJS keeps once for each level of nesting.
   */
  byte[] writeStrippedBytecode(long code) {
    return write(code, WRITE_BYTECODE | WRITE_STRIP_SOURCE);
  }

  private byte[] write(long code, int flags) {
    try (CStack stack = new CStack(guest)) {
      int size = stack.allocate(16);
      int bytes = guest.callInt(Export.JS_WriteObject, context, size, code, flags);
      if (bytes == 0) {
        throw GuestThrow.PENDING;
      }
      return Arrays.copyOfRange(guest.bytes(), bytes, bytes + guest.readInt(size));
    }
  }

  /**
   * The code that {@link #writeBytecode} wrote, in this build of the engine. Room for what is read
   * is taken and freed again before the bytecode goes behind it, so that the bytecode leaves no
   * hole in the middle of the heap.
   */
  long readBytecode(byte[] bytecode) {
    int room = guest.callInt(Export.malloc, bytecode.length * READ_PER_WRITTEN);
    int address = guest.callInt(Export.malloc, bytecode.length);
    guest.call(Export.free, room);
    if (address == 0) {
      throw new GuestOutOfMemoryException();
    }
    try {
      guest.write(address, bytecode);
      return checked(
          guest.call(Export.JS_ReadObject, context, address, bytecode.length, READ_BYTECODE));
    } finally {
      guest.call(Export.free, address);
    }
  }

  /**
   * Runs compiled code, which it takes: a script, whose completion value it answers, or a module,
   * which it links first and whose promise it answers.
   */
  long run(long code) {
    return checked(guest.call(Export.JS_EvalFunction, context, code));
  }

  /** Loads all that a compiled module imports. */
  void resolveModule(long module) {
    checkedStatus(guest.callInt(Export.JS_ResolveModule, context, module));
  }

  long moduleNamespace(int module) {
    return checked(guest.call(Export.JS_GetModuleNamespace, context, module));
  }

  long importMeta(int module) {
    return checked(guest.call(Export.JS_GetImportMeta, context, module));
  }

  /** The module's name as a JavaScript string. */
  long moduleName(int module) {
    int atom = guest.callInt(Export.JS_GetModuleName, context, module);
    try {
      return checked(guest.call(Export.JS_AtomToValue, context, atom));
    } finally {
      guest.call(Export.JS_FreeAtom, context, atom);
    }
  }

  /** A module whose exports Java sets when the guest first evaluates it. */
  int newHostModule(String name, Iterable<String> exports) {
    try (CStack stack = new CStack(guest)) {
      int module =
          guest.callInt(
              Export.JS_NewCModule, context, stack.cString(name), TableSlot.MODULE_INIT.index());
      if (module == 0) {
        throw GuestThrow.PENDING;
      }
      for (String export : exports) {
        addExport(module, export);
      }
      return module;
    }
  }

  private void addExport(int module, String name) {
    try (CStack stack = new CStack(guest)) {
      checkedStatus(guest.callInt(Export.JS_AddModuleExport, context, module, stack.cString(name)));
    }
  }

  /** Takes the value. */
  void setExport(int module, String name, long value) {
    try (CStack stack = new CStack(guest)) {
      checkedStatus(
          guest.callInt(Export.JS_SetModuleExport, context, module, stack.cString(name), value));
    }
  }

  // ---- Promises, proxies and jobs ----

  boolean isPromise(long value) {
    return guest.callInt(Export.JS_IsPromise, value) != 0;
  }

  /** 0 pending, 1 fulfilled, 2 rejected. */
  int promiseState(long promise) {
    return guest.callInt(Export.JS_PromiseState, context, promise);
  }

  long promiseResult(long promise) {
    return guest.call(Export.JS_PromiseResult, context, promise);
  }

  void markHandled(long promise) {
    guest.call(Export.JS_PromiseMarkAsHandled, context, promise);
  }

  boolean isProxy(long value) {
    return guest.callInt(Export.JS_IsProxy, value) != 0;
  }

  long proxyTarget(long proxy) {
    return checked(guest.call(Export.JS_GetProxyTarget, context, proxy));
  }

  long proxyHandler(long proxy) {
    return checked(guest.call(Export.JS_GetProxyHandler, context, proxy));
  }

  boolean isJobPending() {
    return guest.callInt(Export.JS_IsJobPending, runtime) != 0;
  }

  /** Runs one job; false when there was none. */
  boolean executeJob() {
    try (CStack stack = new CStack(guest)) {
      int status = guest.callInt(Export.JS_ExecutePendingJob, runtime, stack.allocate(16));
      checkedStatus(status);
      return status > 0;
    }
  }

  void collectGarbage() {
    guest.call(Export.JS_RunGC, runtime);
  }

  /** Bytes that QuickJS says it has allocated; it walks the whole heap to find out more. */
  long allocatedBytes() {
    try (CStack stack = new CStack(guest)) {
      int usage = stack.allocate(512);
      guest.call(Export.JS_ComputeMemoryUsage, runtime, usage);
      return guest.readLong(usage);
    }
  }

  /** Tells QuickJS which functions of the module to call, and how deep it may recurse. */
  void connect(int stackBytes) {
    guest.call(Export.JS_SetMaxStackSize, runtime, stackBytes);
    guest.call(Export.qjs_set_interrupt_handler, 1);
    guest.call(
        Export.JS_SetModuleLoaderFunc,
        runtime,
        TableSlot.MODULE_NORMALIZER.index(),
        TableSlot.MODULE_LOADER.index(),
        0);
    guest.call(
        Export.JS_SetHostPromiseRejectionTracker, runtime, TableSlot.REJECTION_TRACKER.index(), 0);
  }

  private static long checked(long value) {
    if (value == EXCEPTION) {
      throw GuestThrow.PENDING;
    }
    return value;
  }

  private static void checkedStatus(int status) {
    if (status < 0) {
      throw GuestThrow.PENDING;
    }
  }
}
