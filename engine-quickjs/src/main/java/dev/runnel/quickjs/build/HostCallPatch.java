package dev.runnel.quickjs.build;

import dev.runnel.quickjs.TableSlot;

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

  private HostCallPatch() {}

  static void apply(ModuleEditor module, TableFiller table) {
    table.fill(TableSlot.DISPATCHER, addDispatcher(module));
    table.fill(TableSlot.MODULE_INIT, addModuleInit(module));
    table.fill(TableSlot.MODULE_NORMALIZER, addNormalizer(module));
    table.fill(TableSlot.MODULE_LOADER, addLoader(module));
    table.fill(TableSlot.REJECTION_TRACKER, addRejectionTracker(module));
  }

  /** (context, this, argc, argv, magic) → value, which Java leaves in a slot on the C stack. */
  private static int addDispatcher(ModuleEditor module) {
    int argc = 2;
    int argv = 3;
    int magic = 4;
    int result = 5;
    int frame = 6;
    Code code = new Code(1, 1).openFrame(frame, 16);
    code.get(magic).i32(CALL_FUNCTION).get(frame).get(argc).get(argv);
    code.call(module.imported("host_call")).drop();
    code.get(frame).load64(0).set(result).closeFrame(frame, 16).get(result);
    return module.addFunction(new Signature("iliii>l"), code.end());
  }

  /** (context, module) → status. */
  private static int addModuleInit(ModuleEditor module) {
    Code code = new Code(0, 0).get(1).i32(CALL_MODULE_INIT).i32(0).i32(0).i32(0);
    code.call(module.imported("host_call"));
    return module.addFunction(new Signature("ii>i"), code.end());
  }

  /** (context, referrer, specifier, opaque) → C string. */
  private static int addNormalizer(ModuleEditor module) {
    Code code = new Code(0, 0).get(1).get(2).call(module.imported("host_module_normalize"));
    return module.addFunction(new Signature("iiii>i"), code.end());
  }

  /** (context, name, opaque) → module. */
  private static int addLoader(ModuleEditor module) {
    Code code = new Code(0, 0).get(1).i32(0).call(module.imported("host_module_load"));
    return module.addFunction(new Signature("iii>i"), code.end());
  }

  /** (context, promise, reason, handled, opaque); Java gets the addresses of both values. */
  private static int addRejectionTracker(ModuleEditor module) {
    int promise = 1;
    int reason = 2;
    int handled = 3;
    int frame = 5;
    Code code = new Code(0, 1).openFrame(frame, 16);
    code.get(frame).get(promise).store64(0).get(frame).get(reason).store64(8);
    code.get(frame).get(frame).i32(8).add().get(handled);
    code.call(module.imported("host_promise_rejection")).closeFrame(frame, 16);
    return module.addFunction(new Signature("illii>"), code.end());
  }
}
