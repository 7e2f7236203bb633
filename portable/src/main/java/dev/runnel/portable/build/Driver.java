package dev.runnel.portable.build;

import static run.endive.wasm.types.OpCode.*;

import dev.runnel.quickjs.TableSlot;
import dev.runnel.quickjs.build.CFrame;
import dev.runnel.quickjs.build.Signature;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * What takes Java's place inside of a portable file: functions by which JavaScript reaches WASI and
 * the engine, and those that the engine calls. Everything else, the event loop included, is
 * JavaScript.
 *
 * <p>All of them are in this module's own memory and keep no state but four functions that
 * JavaScript gives them, so that a copy of the memory and the globals is a copy of everything.
 */
final class Driver {
  /** A JSCFunction: (context, this, argc, argv) → value. */
  private static final FunctionType FUNCTION = Signature.of("ilii>l");

  private static final int CONTEXT = 0;
  private static final int ARGV = 3;

  private static final long UNDEFINED = 3L << 32;
  private static final long EXCEPTION = 6L << 32;
  private static final int EXCEPTION_TAG = 6;

  private static final int EVAL_MODULE = 1;
  private static final int EVAL_COMPILE_ONLY = 1 << 5;
  private static final int EVAL_OPTIONS_VERSION = 1;
  private static final int READ_BYTECODE = 1;

  /** How a program ends whose end could not be told otherwise. */
  private static final int EXIT_SOFTWARE = 70;

  private final WasmEditor module;
  private final List<Primitive> primitives = new ArrayList<>();

  /** What JavaScript gave to {@code hooks}, by its arguments' order. */
  private final int normalize;

  private final int load;
  private final int rejected;
  private final int start;
  private final int pack;
  private final int folded;
  private final int packed;

  private Driver(WasmEditor module) {
    this.module = module;
    normalize = module.addGlobal(ValType.I64, UNDEFINED);
    load = module.addGlobal(ValType.I64, UNDEFINED);
    rejected = module.addGlobal(ValType.I64, UNDEFINED);
    start = module.addGlobal(ValType.I64, UNDEFINED);
    pack = module.addGlobal(ValType.I64, UNDEFINED);
    // The last globals, as PortableMachine and MachineState know.
    folded = module.addGlobal(ValType.I32, 0);
    packed = module.addGlobal(ValType.I32, 0);
  }

  /** Adds all of it, and answers what JavaScript can call. */
  static List<Primitive> addTo(WasmEditor module) {
    Driver driver = new Driver(module);
    for (WasiCall call : WasiCall.values()) {
      driver.addWasi(call);
    }
    driver.addText();
    driver.addCode();
    driver.addJobs();
    driver.addValues();
    driver.addHooks();
    driver.implementImports();
    driver.addStart();
    driver.addPack();
    return List.copyOf(driver.primitives);
  }

  private void define(String name, int length, CodeBuilder code) {
    int function = module.addFunction(FUNCTION, code.toBody());
    primitives.add(new Primitive(name, module.addTableEntries(function), length));
  }

  private static CodeBuilder function() {
    return CodeBuilder.of(FUNCTION);
  }

  private int c(String export) {
    return module.exportedFunction(export);
  }

  // ---- WASI ----

  /** Numbers in, the errno out. Addresses are those of ArrayBuffers. */
  private void addWasi(WasiCall call) {
    CodeBuilder code = function();
    CFrame frame = CFrame.open(module, code, 16);
    List<Integer> locals = new ArrayList<>();
    for (int i = 0; i < call.type().params().size(); i++) {
      ValType type = call.type().params().get(i);
      locals.add(code.local(type));
      boolean wide = type.equals(ValType.I64);
      code.get(CONTEXT).get(frame.address());
      argument(code, i).call(c(wide ? "JS_ToInt64Ext" : "JS_ToInt32")).op(DROP);
      code.get(frame.address()).memory(wide ? I64_LOAD : I32_LOAD, 0).set(locals.getLast());
    }
    frame.close();
    locals.forEach(code::get);
    code.call(call.index());
    if (call.type().returns().isEmpty()) {
      code.i64(UNDEFINED);
    } else {
      code.op(I64_EXTEND_I32_U);
    }
    define(call.name(), locals.size(), code);
  }

  private static CodeBuilder argument(CodeBuilder code, int index) {
    return code.get(ARGV).memory(I64_LOAD, index * Long.BYTES);
  }

  private void integer(CodeBuilder code, CFrame frame, int index, int local) {
    code.get(CONTEXT).get(frame.address());
    argument(code, index).call(c("JS_ToInt32")).op(DROP);
    code.get(frame.address()).memory(I32_LOAD, 0).set(local);
  }

  /** Pushes the context, and the first two arguments: an address and a length. */
  private CodeBuilder region(CodeBuilder code) {
    CFrame frame = CFrame.open(module, code, 16);
    int address = code.local(ValType.I32);
    int length = code.local(ValType.I32);
    integer(code, frame, 0, address);
    integer(code, frame, 1, length);
    frame.close();
    return code.get(CONTEXT).get(address).get(length);
  }

  // ---- Text and bytes ----

  private void addText() {
    // address(arrayBuffer)
    CodeBuilder address = function();
    CFrame size = CFrame.open(module, address, 16);
    address.get(CONTEXT).get(size.address());
    argument(address, 0).call(c("JS_GetArrayBuffer")).op(I64_EXTEND_I32_U);
    int found = address.local(ValType.I64);
    address.set(found);
    size.close();
    define("address", 1, address.get(found));

    // decode(address, length): UTF-8
    CodeBuilder decode = function();
    region(decode).call(c("JS_NewStringLen"));
    define("decode", 2, decode);

    // bytes(address, length): a copy
    CodeBuilder copy = function();
    region(copy).call(c("JS_NewUint8ArrayCopy"));
    define("bytes", 2, copy);

    // encode(text): a Uint8Array
    CodeBuilder encode = function();
    CFrame room = CFrame.open(module, encode, 16);
    int text = encode.local(ValType.I32);
    int bytes = encode.local(ValType.I64);
    cString(encode, room, 0, text);
    encode.get(CONTEXT).get(text).get(room.address()).memory(I32_LOAD, 0);
    encode.call(c("JS_NewUint8ArrayCopy")).set(bytes);
    encode.get(CONTEXT).get(text).call(c("JS_FreeCString"));
    room.close();
    define("encode", 1, encode.get(bytes));
  }

  /** The argument as a C string, its length at the frame's start; without memory, the exception. */
  private void cString(CodeBuilder code, CFrame frame, int index, int local) {
    code.get(CONTEXT).get(frame.address());
    argument(code, index).i32(0).call(c("JS_ToCStringLen2")).tee(local);
    code.op(I32_EQZ).open(IF);
    frame.close();
    code.i64(EXCEPTION).op(RETURN).end();
  }

  // ---- Code ----

  private void addCode() {
    define("evaluate", 3, evaluation(0, _ -> {}));
    define("compile", 2, evaluation(EVAL_MODULE | EVAL_COMPILE_ONLY, this::toModule));
    define("start", 2, evaluation(EVAL_MODULE | EVAL_COMPILE_ONLY, this::startModule));

    // load(address, length): what was compiled before; a module's number
    CodeBuilder read = function();
    region(read).i32(READ_BYTECODE).call(c("JS_ReadObject"));
    toModule(read);
    define("load", 2, read);

    // importMeta(module)
    CodeBuilder meta = function();
    CFrame room = CFrame.open(module, meta, 16);
    int which = meta.local(ValType.I32);
    integer(meta, room, 0, which);
    room.close();
    define("importMeta", 1, meta.get(CONTEXT).get(which).call(c("JS_GetImportMeta")));
  }

  private interface Then {
    void with(CodeBuilder code);
  }

  /** (file, source, first line) → the value on the stack, then what {@code then} makes of it. */
  private CodeBuilder evaluation(int flags, Then then) {
    int options = 16;
    CodeBuilder code = function();
    CFrame frame = CFrame.open(module, code, 32);
    int file = code.local(ValType.I32);
    int source = code.local(ValType.I32);
    int length = code.local(ValType.I32);
    int line = code.local(ValType.I32);
    int value = code.local(ValType.I64);
    if (flags == 0) {
      integer(code, frame, 2, line);
    } else {
      code.i32(1).set(line);
    }
    cString(code, frame, 0, file);
    cString(code, frame, 1, source);
    code.get(frame.address()).memory(I32_LOAD, 0).set(length);
    code.get(frame.address()).i32(EVAL_OPTIONS_VERSION).memory(I32_STORE, options);
    code.get(frame.address()).i32(flags).memory(I32_STORE, options + 4);
    code.get(frame.address()).get(file).memory(I32_STORE, options + 8);
    code.get(frame.address()).get(line).memory(I32_STORE, options + 12);
    code.get(CONTEXT).get(source).get(length);
    code.get(frame.address()).i32(options).op(I32_ADD).call(c("JS_Eval2")).set(value);
    code.get(CONTEXT).get(source).call(c("JS_FreeCString"));
    code.get(CONTEXT).get(file).call(c("JS_FreeCString"));
    frame.close();
    code.get(value);
    then.with(code);
    return code;
  }

  /** The compiled module on the stack → its number. QuickJS's own list of modules holds it. */
  private void toModule(CodeBuilder code) {
    int value = code.local(ValType.I64);
    code.set(value);
    returnIfException(code, value);
    code.get(CONTEXT).get(value).call(c("JS_FreeValue"));
    code.get(value).op(I32_WRAP_I64).op(I64_EXTEND_I32_U);
  }

  /** The compiled module on the stack → [promise of its evaluation, namespace]. */
  private void startModule(CodeBuilder code) {
    int value = code.local(ValType.I64);
    int promise = code.local(ValType.I64);
    int namespace = code.local(ValType.I64);
    code.set(value);
    returnIfException(code, value);
    code.get(CONTEXT).get(value).call(c("JS_ResolveModule")).i32(0).op(I32_LT_S).open(IF);
    code.i64(EXCEPTION).op(RETURN).end();
    code.get(CONTEXT).get(CONTEXT).get(value).call(c("JS_DupValue"));
    code.call(c("JS_EvalFunction")).set(promise);
    returnIfException(code, promise);
    code.get(CONTEXT).get(value).op(I32_WRAP_I64).call(c("JS_GetModuleNamespace")).set(namespace);
    returnIfException(code, namespace);
    pair(code, promise, namespace);
  }

  private static void returnIfException(CodeBuilder code, int value) {
    isException(code, value).open(IF).i64(EXCEPTION).op(RETURN).end();
  }

  private static CodeBuilder isException(CodeBuilder code, int value) {
    return code.get(value).i64(32).op(I64_SHR_S).i64(EXCEPTION_TAG).op(I64_EQ);
  }

  /** Two values, which it takes → an array of them. */
  private void pair(CodeBuilder code, int first, int second) {
    int array = code.local(ValType.I64);
    code.get(CONTEXT).call(c("JS_NewArray")).set(array);
    code.get(CONTEXT).get(array).i32(0).get(first).call(c("JS_SetPropertyUint32")).op(DROP);
    code.get(CONTEXT).get(array).i32(1).get(second).call(c("JS_SetPropertyUint32")).op(DROP);
    code.get(array);
  }

  // ---- Promise jobs ----

  private void addJobs() {
    // runJob(): 0 when there was none; throws what the job threw
    CodeBuilder run = function();
    CFrame frame = CFrame.open(module, run, 16);
    int status = run.local(ValType.I32);
    run.get(CONTEXT).call(c("JS_GetRuntime")).get(frame.address());
    run.call(c("JS_ExecutePendingJob")).set(status);
    frame.close();
    run.get(status).i32(0).op(I32_LT_S).open(IF).i64(EXCEPTION).op(RETURN).end();
    define("runJob", 0, run.get(status).op(I64_EXTEND_I32_U));

    CodeBuilder collect = function();
    collect.get(CONTEXT).call(c("JS_GetRuntime")).call(c("JS_RunGC"));
    define("collectGarbage", 0, collect.i64(UNDEFINED));
  }

  // ---- Looking at values ----

  private void addValues() {
    CodeBuilder promise = function();
    argument(promise, 0).call(c("JS_IsPromise")).op(I32_EQZ).open(IF);
    promise.i64(UNDEFINED).op(RETURN).end();
    int state = promise.local(ValType.I64);
    int result = promise.local(ValType.I64);
    promise.get(CONTEXT);
    argument(promise, 0).call(c("JS_PromiseState")).op(I64_EXTEND_I32_U).set(state);
    promise.get(CONTEXT);
    argument(promise, 0).call(c("JS_PromiseResult")).set(result);
    pair(promise, state, result);
    define("promiseDetails", 1, promise);

    CodeBuilder proxy = function();
    argument(proxy, 0).call(c("JS_IsProxy")).op(I32_EQZ).open(IF);
    proxy.i64(UNDEFINED).op(RETURN).end();
    int target = proxy.local(ValType.I64);
    int handler = proxy.local(ValType.I64);
    proxy.get(CONTEXT);
    argument(proxy, 0).call(c("JS_GetProxyTarget")).set(target);
    proxy.get(CONTEXT);
    argument(proxy, 0).call(c("JS_GetProxyHandler")).set(handler);
    pair(proxy, target, handler);
    define("proxyDetails", 1, proxy);

    CodeBuilder handled = function();
    handled.get(CONTEXT);
    argument(handled, 0).call(c("JS_PromiseMarkAsHandled"));
    define("markHandled", 1, handled.i64(UNDEFINED));

    // withHeadroom(function): its only argument is the data of the new function
    CodeBuilder headroom = function();
    headroom.get(CONTEXT).i32(TableSlot.HEADROOM_TRAMPOLINE.index()).i32(0).i32(0).i32(1);
    define("withHeadroom", 1, headroom.get(ARGV).call(c("JS_NewCFunctionData")));

    primitives.add(new Primitive("contextFrame", TableSlot.GET_FRAME.index(), 0));
    primitives.add(new Primitive("setContextFrame", TableSlot.SET_FRAME.index(), 1));
  }

  // ---- What the engine calls ----

  /** hooks(normalize, load, rejected, start, pack): once, before the first module is loaded. */
  private void addHooks() {
    CodeBuilder code = function();
    int[] globals = {normalize, load, rejected, start, pack};
    for (int i = 0; i < globals.length; i++) {
      code.get(CONTEXT);
      argument(code, i).call(c("JS_DupValue")).globalSet(globals[i]);
    }
    int runtime = code.local(ValType.I32);
    code.get(CONTEXT).call(c("JS_GetRuntime")).tee(runtime);
    code.i32(TableSlot.MODULE_NORMALIZER.index()).i32(TableSlot.MODULE_LOADER.index()).i32(0);
    code.call(c("JS_SetModuleLoaderFunc"));
    code.get(runtime).i32(TableSlot.REJECTION_TRACKER.index()).i32(0);
    code.call(c("JS_SetHostPromiseRejectionTracker"));
    define("hooks", globals.length, code.i64(UNDEFINED));
  }

  private void implementImports() {
    implement("host_interrupt", code(">i").i32(0));
    implement("host_get_timezone_offset", code("ii>i").i32(0));
    implement("host_module_normalize", normalizing());
    implement("host_module_load", loading());
    implement("host_promise_rejection", rejecting());
  }

  private void implement(String name, CodeBuilder code) {
    module.replaceBody(module.exportedFunction("env." + name), code.toBody());
  }

  private static CodeBuilder code(String signature) {
    return CodeBuilder.of(Signature.of(signature));
  }

  /** (referrer, specifier) → a C string that the engine frees, or 0 with an exception pending. */
  private CodeBuilder normalizing() {
    CodeBuilder code = code("ii>i");
    CFrame frame = CFrame.open(module, code, 16);
    int result = code.local(ValType.I64);
    int text = code.local(ValType.I32);
    int copy = code.local(ValType.I32);
    string(code, frame, 0, 1);
    string(code, frame, 1, 0);
    call(code, frame, normalize, 2, result);
    freeArguments(code, frame, 2);
    frame.close();
    isException(code, result).open(IF).i32(0).op(RETURN).end();
    context(code).i32(0).get(result).i32(0).call(c("JS_ToCStringLen2")).set(text);
    context(code).get(text).call(c("js_strdup")).set(copy);
    context(code).get(text).call(c("JS_FreeCString"));
    context(code).get(result).call(c("JS_FreeValue"));
    return code.get(copy);
  }

  /** (name, unused) → the module's address, or 0 with an exception pending. */
  private CodeBuilder loading() {
    CodeBuilder code = code("ii>i");
    CFrame frame = CFrame.open(module, code, 16);
    int result = code.local(ValType.I64);
    string(code, frame, 0, 0);
    call(code, frame, load, 1, result);
    freeArguments(code, frame, 1);
    frame.close();
    isException(code, result).open(IF).i32(0).op(RETURN).end();
    return code.get(result).op(I32_WRAP_I64);
  }

  /** (address of the promise, of the reason, handled). */
  private CodeBuilder rejecting() {
    CodeBuilder code = code("iii>");
    CFrame frame = CFrame.open(module, code, 32);
    int result = code.local(ValType.I64);
    for (int i = 0; i < 2; i++) {
      code.get(frame.address()).get(i).memory(I64_LOAD, 0).memory(I64_STORE, i * Long.BYTES);
    }
    code.get(frame.address()).get(2).op(I64_EXTEND_I32_U).memory(I64_STORE, 2 * Long.BYTES);
    call(code, frame, rejected, 3, result);
    frame.close();
    context(code).get(result).call(c("JS_FreeValue"));
    return code;
  }

  private CodeBuilder context(CodeBuilder code) {
    return code.call(c("qjs_get_context_ptr"));
  }

  /** A C string, which a parameter points to, becomes the argument of that number. */
  private void string(CodeBuilder code, CFrame frame, int argument, int parameter) {
    code.get(frame.address());
    context(code).get(parameter).get(parameter).call(c("strlen")).call(c("JS_NewStringLen"));
    code.memory(I64_STORE, argument * Long.BYTES);
  }

  private void call(CodeBuilder code, CFrame frame, int function, int count, int result) {
    context(code).globalGet(function).i64(UNDEFINED).i32(count).get(frame.address());
    code.call(c("JS_Call")).set(result);
  }

  private void freeArguments(CodeBuilder code, CFrame frame, int count) {
    for (int i = 0; i < count; i++) {
      context(code).get(frame.address()).memory(I64_LOAD, i * Long.BYTES);
      code.call(c("JS_FreeValue"));
    }
  }

  /** JavaScript catches all that it can; what it can't has no words left. */
  private void addStart() {
    FunctionType type = Signature.of(">");
    CodeBuilder code = CodeBuilder.of(type);
    int result = code.local(ValType.I64);
    code.call(Unfolding.addTo(module, folded, packed));
    context(code).globalGet(start).i64(UNDEFINED).i32(0).i32(0).call(c("JS_Call")).set(result);
    isException(code, result).open(IF).i32(EXIT_SOFTWARE);
    code.call(WasiCall.proc_exit.index()).end();
    module.exportFunction("_start", module.addFunction(type, code.toBody()));
  }

  /** (text, length): for Java, while a program is packed. */
  private void addPack() {
    FunctionType type = Signature.of("ii>l");
    CodeBuilder code = CodeBuilder.of(type);
    CFrame frame = CFrame.open(module, code, 16);
    int result = code.local(ValType.I64);
    code.get(frame.address());
    context(code).get(0).get(1).call(c("JS_NewStringLen")).memory(I64_STORE, 0);
    call(code, frame, pack, 1, result);
    freeArguments(code, frame, 1);
    frame.close();
    module.exportFunction("pack", module.addFunction(type, code.get(result).toBody()));
  }
}
