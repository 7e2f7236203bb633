package dev.runnel.quickjs;

import java.util.List;

/**
 * Initialises the classes that calls out of a guest may be the first to need. Left to themselves
 * they might be initialised at the end of a guest's recursion, and a class whose initialiser runs
 * out of stack is broken for the whole process.
 */
final class HostClasses {
  private static final List<String> NAMES =
      List.of(
          "dev.runnel.engine.Arguments",
          "dev.runnel.engine.HostError",
          "dev.runnel.engine.HostError$Kind",
          "dev.runnel.engine.IsolateException$Crashed",
          "dev.runnel.engine.IsolateException$OutOfMemory",
          "dev.runnel.engine.IsolateException$TimedOut",
          "dev.runnel.engine.JsException",
          "dev.runnel.engine.JsValue$BigInt",
          "dev.runnel.engine.JsValue$Bool",
          "dev.runnel.engine.JsValue$Bytes",
          "dev.runnel.engine.JsValue$Num",
          "dev.runnel.engine.JsValue$Str",
          "dev.runnel.engine.Mailbox",
          "dev.runnel.engine.ModuleSource",
          "dev.runnel.quickjs.BytesLayout",
          "dev.runnel.quickjs.CStack",
          "dev.runnel.quickjs.GuestErrors",
          "dev.runnel.quickjs.GuestOutOfMemoryException",
          "dev.runnel.quickjs.GuestText",
          "dev.runnel.quickjs.GuestThrow",
          "dev.runnel.quickjs.HeldValues$Reference",
          "dev.runnel.quickjs.HostFailureException",
          "dev.runnel.quickjs.QuickJsHandle",
          "dev.runnel.quickjs.StackHeadroom",
          "dev.runnel.quickjs.StringLayout",
          "dev.runnel.quickjs.TableSlot",
          "dev.runnel.quickjs.intrinsic.RegExpFirst",
          "dev.runnel.quickjs.intrinsic.RegExpStart",
          "dev.runnel.wasm.GuestInterruptedException",
          "run.endive.runtime.TrapException",
          "java.math.BigInteger",
          "java.util.Formatter");

  /** What a program's WebAssembly may need first when it is at the end of the stack. */
  private static final List<String> FOR_WEB_ASSEMBLY =
      List.of(
          "dev.runnel.quickjs.WasmCalls$Imported",
          "dev.runnel.quickjs.WasmCalls$Linked",
          "dev.runnel.quickjs.WasmExceptions",
          "dev.runnel.quickjs.WasmFunctions",
          "dev.runnel.quickjs.WasmScript$Kind",
          "dev.runnel.quickjs.WasmTable",
          "dev.runnel.quickjs.WasmTraps",
          "dev.runnel.quickjs.WasmValues",
          "dev.runnel.wasm.CallStackExhaustedException",
          "dev.runnel.wasm.FloatMath",
          "dev.runnel.wasm.GuestThrownException",
          "dev.runnel.wasm.WindowAccess",
          "run.endive.runtime.CallResult",
          "run.endive.runtime.ConstantEvaluators",
          "run.endive.runtime.GlobalInstance",
          "run.endive.runtime.Instance",
          "run.endive.runtime.Instance$TailCallPending",
          "run.endive.runtime.OpcodeImpl",
          "run.endive.runtime.TableInstance",
          "run.endive.runtime.WasmException",
          "run.endive.runtime.WasmException$Builder",
          "run.endive.runtime.WasmRuntimeException",
          "run.endive.wasm.InvalidException",
          "run.endive.wasm.UninstantiableException",
          "run.endive.wasm.types.ValType");

  private HostClasses() {}

  static void initializeForWebAssembly() {
    initialize(FOR_WEB_ASSEMBLY);
  }

  static void initialize() {
    initialize(NAMES);
  }

  private static void initialize(List<String> names) {
    try {
      for (String name : names) {
        Class.forName(name, true, HostClasses.class.getClassLoader());
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
