package dev.runnel.quickjs.build;

import dev.runnel.quickjs.TableSlot;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * Adds the functions through which QuickJS reaches Java directly. The module's own way passes
 * function names and values in boxes; these pass numbers and raw values.
 *
 * <p>They call functions that the module imports already, since a new import would shift every
 * function's index. Where those take a text's length, a negative marker tells these calls apart.
 */
final class HostCallPatch {
  /** Stands where {@code host_call} takes the length of a function's name. */
  private static final int CALL_FUNCTION = -1;

  private static final int CALL_MODULE_INIT = -2;
  private static final int CALL_WASM = -3;

  private final WasmEditor module;
  private final AddedFunctions added;

  private HostCallPatch(WasmEditor module) {
    this.module = module;
    this.added = new AddedFunctions(module);
  }

  static void apply(WasmEditor module) {
    HostCallPatch patch = new HostCallPatch(module);
    patch.addDispatcher();
    patch.addModuleInit();
    patch.addNormalizer();
    patch.addLoader();
    patch.addRejectionTracker();
  }

  /** (context, this, argc, argv, magic) → value, which Java leaves in a slot on the C stack. */
  private void addDispatcher() {
    int argc = 2;
    int argv = 3;
    int magic = 4;
    FunctionType type = Signature.of("iliii>l");
    CodeBuilder code = CodeBuilder.of(type);
    int result = code.local(ValType.I64);
    CFrame frame = CFrame.open(module, code, 16);
    code.get(magic).i32(CALL_FUNCTION).get(frame.address()).get(argc).get(argv);
    code.call(module.importedFunction("host_call")).op(OpCode.DROP);
    code.get(frame.address()).memory(OpCode.I64_LOAD, 0).set(result);
    frame.close();
    added.put(TableSlot.DISPATCHER, type, code.get(result));
  }

  /** (context, this, argc, argv, magic, data) → value, as above; data tells which function. */
  static void addWasmFunction(WasmEditor module) {
    int argc = 2;
    int argv = 3;
    int data = 5;
    FunctionType type = Signature.of("iliiii>l");
    CodeBuilder code = CodeBuilder.of(type);
    int result = code.local(ValType.I64);
    CFrame frame = CFrame.open(module, code, 16);
    code.get(data).i32(CALL_WASM).get(frame.address()).get(argc).get(argv);
    code.call(module.importedFunction("host_call")).op(OpCode.DROP);
    code.get(frame.address()).memory(OpCode.I64_LOAD, 0).set(result);
    frame.close();
    new AddedFunctions(module).put(TableSlot.WASM_FUNCTION, type, code.get(result));
  }

  /** (context, module) → status. */
  private void addModuleInit() {
    FunctionType type = Signature.of("ii>i");
    CodeBuilder code = CodeBuilder.of(type).get(1).i32(CALL_MODULE_INIT).i32(0).i32(0).i32(0);
    added.put(TableSlot.MODULE_INIT, type, code.call(module.importedFunction("host_call")));
  }

  /** (context, referrer, specifier, opaque) → C string. */
  private void addNormalizer() {
    FunctionType type = Signature.of("iiii>i");
    int normalize = module.importedFunction("host_module_normalize");
    added.put(
        TableSlot.MODULE_NORMALIZER, type, CodeBuilder.of(type).get(1).get(2).call(normalize));
  }

  /** (context, name, opaque) → module. */
  private void addLoader() {
    FunctionType type = Signature.of("iii>i");
    int load = module.importedFunction("host_module_load");
    added.put(TableSlot.MODULE_LOADER, type, CodeBuilder.of(type).get(1).i32(0).call(load));
  }

  /** (context, promise, reason, handled, opaque); Java gets the addresses of both values. */
  private void addRejectionTracker() {
    int promise = 1;
    int reason = 2;
    int handled = 3;
    FunctionType type = Signature.of("illii>");
    CodeBuilder code = CodeBuilder.of(type);
    CFrame frame = CFrame.open(module, code, 16);
    code.get(frame.address()).get(promise).memory(OpCode.I64_STORE, 0);
    code.get(frame.address()).get(reason).memory(OpCode.I64_STORE, 8);
    code.get(frame.address()).get(frame.address()).i32(8).op(OpCode.I32_ADD).get(handled);
    code.call(module.importedFunction("host_promise_rejection"));
    frame.close();
    added.put(TableSlot.REJECTION_TRACKER, type, code);
  }
}
