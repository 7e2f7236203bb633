package dev.runnel.quickjs.build;

import dev.runnel.quickjs.TableSlot;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * Makes promise reactions, thenable jobs and microtasks run with the async context frame that was
 * current when they were registered, which is what AsyncLocalStorage needs and what no hook of
 * QuickJS offers.
 *
 * <p>The frame is one JSValue in a new global. Handlers are wrapped where promises take them
 * ({@code perform_promise_then}) and where jobs are queued ({@code JS_EnqueueJob}), but only while
 * a frame is set; the wrapper, a C function with two data values, sets the frame for the rest of
 * the job. After each job ({@code JS_ExecutePendingJob}) the frame is cleared.
 */
final class AsyncContextPatch {
  /** Both {@code js_promise_resolve_thenable_job} and microtasks; other jobs need no frame. */
  private static final int THENABLE_JOB_ARGUMENTS = 3;

  private static final int MICROTASK_ARGUMENTS = 1;
  private static final long UNDEFINED = 3L << 32;

  private final WasmEditor module;
  private final AddedFunctions added;
  private final int frame;
  private final int duplicate;
  private final int free;

  private AsyncContextPatch(WasmEditor module) {
    this.module = module;
    this.added = new AddedFunctions(module);
    this.frame = module.addGlobal(ValType.I64, UNDEFINED);
    this.duplicate = module.exportedFunction("JS_DupValue");
    this.free = module.exportedFunction("JS_FreeValue");
    module.exportGlobal("async_context_frame", frame);
  }

  /**
   * @param performPromiseThen the internal function through which every {@code then} goes
   */
  static void apply(WasmEditor module, int performPromiseThen) {
    AsyncContextPatch patch = new AsyncContextPatch(module);
    patch.addTrampoline();
    patch.addGetter();
    patch.addSetter();
    int wrap = patch.addWrap();
    patch.wrapPerformPromiseThen(performPromiseThen, wrap);
    patch.wrapEnqueueJob(module.exportedFunction("JS_EnqueueJob"), wrap);
    patch.wrapExecutePendingJob(module.exportedFunction("JS_ExecutePendingJob"));
  }

  /**
   * (context, this, argc, argv, magic, data) → value, data being the frame and the function. Only
   * ever called at the base of a job: the frame stays for the rest of it, so that a thenable which
   * resolves the derived promise is covered too.
   */
  private void addTrampoline() {
    int context = 0;
    int data = 5;
    FunctionType type = Signature.of("iliiii>l");
    CodeBuilder code = CodeBuilder.of(type);
    int old = code.local(ValType.I64);
    code.globalGet(frame).set(old);
    code.get(context).get(data).memory(OpCode.I64_LOAD, 0).call(duplicate).globalSet(frame);
    code.get(context).get(old).call(free);
    code.get(context).get(data).memory(OpCode.I64_LOAD, 8).get(1).get(2).get(3);
    code.call(module.exportedFunction("JS_Call"));
    added.put(TableSlot.FRAME_TRAMPOLINE, type, code);
  }

  /** (context, this, argc, argv) → the frame. */
  private void addGetter() {
    FunctionType type = Signature.of("ilii>l");
    CodeBuilder code = CodeBuilder.of(type).get(0).globalGet(frame).call(duplicate);
    added.put(TableSlot.GET_FRAME, type, code);
  }

  /** (context, this, argc, argv) → undefined. QuickJS pads argv to the function's length, 1. */
  private void addSetter() {
    FunctionType type = Signature.of("ilii>l");
    CodeBuilder code = CodeBuilder.of(type);
    int old = code.local(ValType.I64);
    code.globalGet(frame).set(old);
    code.get(0).get(3).memory(OpCode.I64_LOAD, 0).call(duplicate).globalSet(frame);
    code.get(0).get(old).call(free).i64(UNDEFINED);
    added.put(TableSlot.SET_FRAME, type, code);
  }

  /** (context, function) → a trampoline that carries the frame; anything else is duplicated. */
  private int addWrap() {
    int context = 0;
    int function = 1;
    FunctionType type = Signature.of("il>l");
    CodeBuilder code = CodeBuilder.of(type);
    int result = code.local(ValType.I64);
    code.get(context).get(function).call(module.exportedFunction("JS_IsFunction"));
    code.op(OpCode.I32_EQZ).open(OpCode.IF);
    code.get(context).get(function).call(duplicate).op(OpCode.RETURN).end();
    CFrame stack = CFrame.open(module, code, 16);
    code.get(stack.address()).globalGet(frame).memory(OpCode.I64_STORE, 0);
    code.get(stack.address()).get(function).memory(OpCode.I64_STORE, 8);
    code.get(context).i32(TableSlot.FRAME_TRAMPOLINE.index()).i32(1).i32(0).i32(2);
    code.get(stack.address()).call(module.exportedFunction("JS_NewCFunctionData")).set(result);
    stack.close();
    return module.addFunction(type, code.get(result).toBody());
  }

  /** (context, promise, handlers[2], capability) → status. */
  private void wrapPerformPromiseThen(int function, int wrap) {
    int context = 0;
    int promise = 1;
    int handlers = 2;
    int capability = 3;
    int original = module.moveBody(function);
    CodeBuilder code = CodeBuilder.of(module.typeOf(function));
    int status = code.local(ValType.I32);
    code.globalGet(frame).i64(UNDEFINED).op(OpCode.I64_EQ).open(OpCode.IF);
    code.get(context).get(promise).get(handlers).get(capability).call(original);
    code.op(OpCode.RETURN).end();
    CFrame stack = CFrame.open(module, code, 16);
    for (int offset = 0; offset <= 8; offset += 8) {
      code.get(stack.address()).get(context).get(handlers).memory(OpCode.I64_LOAD, offset);
      code.call(wrap).memory(OpCode.I64_STORE, offset);
    }
    code.get(context).get(promise).get(stack.address()).get(capability).call(original);
    code.set(status);
    for (int offset = 0; offset <= 8; offset += 8) {
      code.get(context).get(stack.address()).memory(OpCode.I64_LOAD, offset).call(free);
    }
    stack.close();
    module.replaceBody(function, code.get(status).toBody());
  }

  /**
   * (context, job, argc, argv) → status. A thenable job's function comes last, after two others.
   */
  private void wrapEnqueueJob(int function, int wrap) {
    int context = 0;
    int job = 1;
    int argc = 2;
    int argv = 3;
    int original = module.moveBody(function);
    CodeBuilder code = CodeBuilder.of(module.typeOf(function));
    int status = code.local(ValType.I32);
    int last = code.local(ValType.I32);
    code.globalGet(frame).i64(UNDEFINED).op(OpCode.I64_EQ);
    code.get(argc).i32(MICROTASK_ARGUMENTS).op(OpCode.I32_EQ);
    code.get(argc).i32(THENABLE_JOB_ARGUMENTS).op(OpCode.I32_EQ);
    code.op(OpCode.I32_OR).op(OpCode.I32_EQZ).op(OpCode.I32_OR).open(OpCode.IF);
    code.get(context).get(job).get(argc).get(argv).call(original).op(OpCode.RETURN).end();
    CFrame stack = CFrame.open(module, code, 32);
    code.get(argc).i32(1).op(OpCode.I32_SUB).i32(3).op(OpCode.I32_SHL).tee(last);
    code.open(OpCode.IF);
    for (int offset = 0; offset <= 8; offset += 8) {
      code.get(stack.address()).get(argv).memory(OpCode.I64_LOAD, offset);
      code.memory(OpCode.I64_STORE, offset);
    }
    code.end();
    code.get(stack.address()).get(last).op(OpCode.I32_ADD).get(context);
    code.get(argv).get(last).op(OpCode.I32_ADD).memory(OpCode.I64_LOAD, 0);
    code.call(wrap).memory(OpCode.I64_STORE, 0);
    code.get(context).get(job).get(argc).get(stack.address()).call(original).set(status);
    code.get(context).get(stack.address()).get(last).op(OpCode.I32_ADD);
    code.memory(OpCode.I64_LOAD, 0).call(free);
    stack.close();
    module.replaceBody(function, code.get(status).toBody());
  }

  /** (runtime, &context) → status. The frame belonged to the job that has run. */
  private void wrapExecutePendingJob(int function) {
    int runtime = 0;
    int pcontext = 1;
    int original = module.moveBody(function);
    CodeBuilder code = CodeBuilder.of(module.typeOf(function));
    int status = code.local(ValType.I32);
    code.get(runtime).get(pcontext).call(original).set(status);
    code.globalGet(frame).i64(UNDEFINED).op(OpCode.I64_NE).open(OpCode.IF);
    code.get(pcontext).memory(OpCode.I32_LOAD, 0).open(OpCode.IF);
    code.get(pcontext).memory(OpCode.I32_LOAD, 0).globalGet(frame).call(free);
    code.i64(UNDEFINED).globalSet(frame);
    code.end().end();
    module.replaceBody(function, code.get(status).toBody());
  }
}
